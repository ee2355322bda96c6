package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;

/** 解绑绑定银行卡: a bound card is bound no more. Specification §4.1.17. */
@Endpoint("MemberService.unbindBankCard")
final class UnbindBankCard
    implements EscrowOperation<UnbindBankCard.Request, UnbindBankCard.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId, @JsonProperty("cardNo") Secret cardNo) {
    Request {
      cardNo = Forms.cardNo(cardNo, "cardNo");
    }
  }

  record Response(
      @JsonProperty("bizUserId") String bizUserId, @JsonProperty("cardNo") Secret cardNo) {}

  private final Members members;
  private final Cards cards;

  UnbindBankCard(Members members, Cards cards) {
    this.members = members;
    this.cards = cards;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    Card card = cards.require(member, request.cardNo());
    cards.unbind(card, caller.now());
    return new Response(member.bizUserId(), card.number());
  }
}
