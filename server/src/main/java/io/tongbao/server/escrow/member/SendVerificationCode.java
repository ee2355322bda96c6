package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.CodeType;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.member.Purpose;

/**
 * 发送短信验证码: sends a code to a phone that is to be bound, first or in the place of another.
 * Specification §4.1.2.
 */
@Endpoint("MemberService.sendVerificationCode")
final class SendVerificationCode
    implements EscrowOperation<SendVerificationCode.Request, SendVerificationCode.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("phone") String phone,
      @JsonProperty("verificationCodeType") CodeType type) {
    Request {
      phone = Forms.phone(phone, "phone").reveal();
    }
  }

  record Response(
      @JsonProperty("bizUserId") String bizUserId, @JsonProperty("phone") String phone) {}

  private final Members members;
  private final Codes codes;

  SendVerificationCode(Members members, Codes codes) {
    this.members = members;
    this.codes = codes;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId()).requireAudited();
    Secret phone = new Secret(request.phone());
    if (member.phone() != null && member.phone().equals(phone)) {
      throw Refusal.of(Reason.PHONE_ALREADY_BOUND, "phone");
    }
    codes.send(caller.merchant(), member, phone, Purpose.BIND_PHONE, "", caller.now());
    return new Response(member.bizUserId(), request.phone());
  }
}
