package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.BindState;
import io.tongbao.server.escrow.member.Dictionary.Binding;
import io.tongbao.server.escrow.member.Dictionary.Funds;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** 查询绑定银行卡: a member's bound cards, or one of them. Specification §4.1.16, §5.9. */
@Endpoint(value = "MemberService.queryBankCard", reads = true)
final class QueryBankCard
    implements EscrowOperation<QueryBankCard.Request, QueryBankCard.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("cardNo") @Nullable Secret cardNo) {
    Request {
      cardNo = cardNo == null ? null : Forms.cardNo(cardNo, "cardNo");
    }
  }

  record Response(@JsonProperty("bindCardList") List<Bound> cards) {}

  record Bound(
      @JsonProperty("bankCardNo") Secret number,
      @JsonProperty("bankName") String bankName,
      @JsonProperty("bindTime") Instant boundAt,
      @JsonProperty("cardType") Funds type,
      @JsonProperty("bindState") BindState state,
      @JsonProperty("phone") @Nullable String phone,
      @JsonProperty("isSafeCard") boolean safe,
      @JsonProperty("isVerifyPayChecked") boolean verifyPay,
      @JsonProperty("IsQUICKPAYCard") boolean quickpay, // sic
      @JsonProperty("bindMethod") Binding method) {}

  private final Members members;
  private final Cards cards;

  QueryBankCard(Members members, Cards cards) {
    this.members = members;
    this.cards = cards;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    Secret wanted = request.cardNo();
    List<Card> found =
        wanted == null ? cards.all(member) : cards.find(member, wanted).stream().toList();
    return new Response(found.stream().map(QueryBankCard::bound).toList());
  }

  private static Bound bound(Card card) {
    Secret phone = card.phone();
    return new Bound(
        card.number(),
        card.bankName(),
        card.boundAt(),
        Funds.of(card.type()),
        BindState.BOUND,
        phone == null ? null : phone.reveal(),
        card.safe(),
        card.methods().contains(BindMethod.VERIFY_PAY),
        card.quickpay(),
        Binding.of(card.method()));
  }
}
