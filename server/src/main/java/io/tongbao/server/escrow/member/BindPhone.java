package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.member.Purpose;

/** 绑定手机: binds a member's first phone, which has answered a code. Specification §4.1.3. */
@Endpoint("MemberService.bindPhone")
final class BindPhone implements EscrowOperation<BindPhone.Request, BindPhone.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("phone") String phone,
      @JsonProperty("verificationCode") String code) {
    Request {
      phone = Forms.phone(phone, "phone").reveal();
    }
  }

  record Response(
      @JsonProperty("bizUserId") String bizUserId, @JsonProperty("phone") String phone) {}

  private final Members members;
  private final Codes codes;

  BindPhone(Members members, Codes codes) {
    this.members = members;
    this.codes = codes;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId()).requireAudited();
    if (member.phone() != null) {
      throw Refusal.of(Reason.PHONE_ALREADY_BOUND, "phone");
    }
    Secret phone = new Secret(request.phone());
    RowWrite used =
        codes.redeem(
            caller.merchant(), member, phone, Purpose.BIND_PHONE, "", request.code(), caller.now());
    members.bindPhone(member, phone, used, caller.now());
    return new Response(member.bizUserId(), request.phone());
  }
}
