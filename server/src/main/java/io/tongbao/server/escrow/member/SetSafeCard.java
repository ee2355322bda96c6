package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.MemberType;
import io.tongbao.server.member.Members;
import org.jspecify.annotations.Nullable;

/**
 * 设置安全卡: makes a bound debit card the only one that money may be withdrawn to, for good.
 * Specification §4.1.15.
 */
@Endpoint("MemberService.setSafeCard")
final class SetSafeCard implements EscrowOperation<SetSafeCard.Request, SetSafeCard.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("cardNo") Secret cardNo,
      @JsonProperty("setSafeCard") @Nullable Boolean safe) {
    Request {
      cardNo = Forms.cardNo(cardNo, "cardNo");
    }
  }

  record Response(
      @JsonProperty("bizUserId") String bizUserId, @JsonProperty("cardNo") Secret cardNo) {}

  private final Members members;
  private final Cards cards;

  SetSafeCard(Members members, Cards cards) {
    this.members = members;
    this.cards = cards;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member =
        members.active(caller.merchant(), request.bizUserId()).requireType(MemberType.PERSON);
    Card card = cards.require(member, request.cardNo());
    if (Boolean.FALSE.equals(request.safe())) { // a safe card stays safe
      throw Refusal.of(Reason.SAFE_CARD_FAILED, "setSafeCard");
    }
    cards.makeSafe(member, card, caller.now());
    return new Response(member.bizUserId(), card.number());
  }
}
