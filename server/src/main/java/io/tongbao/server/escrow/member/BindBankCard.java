package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.CardApplication;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import org.jspecify.annotations.Nullable;

/**
 * 确认绑定银行卡: binds the card that {@link ApplyBindBankCard} was asked for, when the code is right.
 * Specification §4.1.11.
 */
@Endpoint("MemberService.bindBankCard")
final class BindBankCard implements EscrowOperation<BindBankCard.Request, BindBankCard.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("tranceNum") String tranceNum, // sic
      @JsonProperty("transDate") @Nullable String transDate,
      @JsonProperty("phone") String phone,
      @JsonProperty("verificationCode") String code) {
    Request {
      phone = Forms.phone(phone, "phone").reveal();
    }
  }

  record Response(
      @JsonProperty("tranceNum") String tranceNum, // sic
      @JsonProperty("transDate") @Nullable String transDate,
      @JsonProperty("bizUserId") String bizUserId) {}

  private final Members members;
  private final Bindings bindings;

  BindBankCard(Members members, Bindings bindings) {
    this.members = members;
    this.bindings = bindings;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    CardApplication application = bindings.require(member, request.tranceNum());
    String transDate = Dates.of(application);
    if (transDate != null && request.transDate() == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "transDate");
    }
    if (transDate != null && !transDate.equals(request.transDate())) {
      throw Refusal.of(Reason.BAD_FIELD, "transDate");
    }
    if (!application.phone().equals(new Secret(request.phone()))) {
      throw Refusal.of(Reason.BAD_FIELD, "phone");
    }
    bindings.confirm(caller.merchant(), member, application, request.code(), caller.now());
    return new Response(application.number(), transDate, member.bizUserId());
  }
}
