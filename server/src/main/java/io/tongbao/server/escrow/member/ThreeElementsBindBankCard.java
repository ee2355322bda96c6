package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.escrow.member.Dictionary.Funds;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * 三要素绑定银行卡: binds a card at once, when name, identity number and card number belong together.
 * Specification §4.1.14.
 */
@Endpoint("MemberService.threeElementsBindBankCard")
final class ThreeElementsBindBankCard
    implements EscrowOperation<
        ThreeElementsBindBankCard.Request, ThreeElementsBindBankCard.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("cardNo") Secret cardNo,
      @JsonProperty("isSafeCard") @Nullable Boolean safe,
      @JsonProperty("unionBank") @Nullable String unionBank) {
    Request {
      name = Forms.name(name, "name").reveal();
      identityNo = Forms.identityNo(identityNo, "identityNo");
      cardNo = Forms.cardNo(cardNo, "cardNo");
      unionBank = unionBank == null ? null : Forms.unionBank(unionBank, "unionBank");
    }

    CardClaim claim() {
      return new CardClaim(
          BindMethod.THREE_ELEMENTS,
          new Secret(name),
          identityNo,
          cardNo,
          null,
          null,
          null,
          Boolean.TRUE.equals(safe),
          unionBank);
    }
  }

  record Response(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("transDate") Instant boundAt,
      @JsonProperty("bankName") String bankName,
      @JsonProperty("bankCode") String bankCode,
      @JsonProperty("cardType") Funds cardType) {}

  private final Members members;
  private final Bindings bindings;

  ThreeElementsBindBankCard(Members members, Bindings bindings) {
    this.members = members;
    this.bindings = bindings;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    Card card = bind(caller, member, request);
    return new Response(
        member.bizUserId(),
        card.boundAt(),
        card.bankName(),
        card.bankCode(),
        Funds.of(card.type()));
  }

  private Card bind(Caller caller, Member member, Request request) {
    try {
      return bindings.bind(caller.merchant(), member, request.claim(), caller.now());
    } catch (Refusal refusal) {
      throw refusal.calling("cardCheck", ""); // which this request has not
    }
  }
}
