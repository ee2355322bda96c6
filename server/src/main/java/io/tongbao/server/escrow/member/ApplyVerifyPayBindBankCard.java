package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.escrow.member.Dictionary.Funds;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.CardApplication;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import org.jspecify.annotations.Nullable;

/**
 * 实名付绑定银行卡申请: has a card checked that 实名付 may debit afterwards, and sends a code to the bank's
 * phone. Specification §4.1.12.
 */
@Endpoint("MemberService.applyVerifyPayBindBankCard")
final class ApplyVerifyPayBindBankCard
    implements EscrowOperation<
        ApplyVerifyPayBindBankCard.Request, ApplyVerifyPayBindBankCard.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("cardNo") Secret cardNo,
      @JsonProperty("phone") String phone,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("isSafeCard") @Nullable Boolean safe,
      @JsonProperty("unionBank") @Nullable String unionBank) {
    Request {
      cardNo = Forms.cardNo(cardNo, "cardNo");
      phone = Forms.phone(phone, "phone").reveal();
      name = Forms.name(name, "name").reveal();
      identityNo = Forms.identityNo(identityNo, "identityNo");
      unionBank = unionBank == null ? null : Forms.unionBank(unionBank, "unionBank");
    }

    CardClaim claim() {
      return new CardClaim(
          BindMethod.VERIFY_PAY,
          new Secret(name),
          identityNo,
          cardNo,
          new Secret(phone),
          null,
          null,
          Boolean.TRUE.equals(safe),
          unionBank);
    }
  }

  record Response(
      @JsonProperty("tranceNum") String tranceNum, // sic
      @JsonProperty("bankName") String bankName,
      @JsonProperty("bankCode") String bankCode,
      @JsonProperty("cardType") Funds cardType) {}

  private final Members members;
  private final Bindings bindings;

  ApplyVerifyPayBindBankCard(Members members, Bindings bindings) {
    this.members = members;
    this.bindings = bindings;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    CardApplication application =
        bindings.apply(caller.merchant(), member, request.claim(), caller.now());
    return new Response(
        application.number(),
        application.bankName(),
        application.bankCode(),
        Funds.of(application.type()));
  }
}
