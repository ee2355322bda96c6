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

/**
 * 重置绑定手机: puts another phone, which has answered a code, in the place of the bound one. The caller
 * must know the old one, which hears of it (THREATS T3-10). Specification §4.1.4.
 */
@Endpoint("MemberService.changeBindPhone")
final class ChangeBindPhone
    implements EscrowOperation<ChangeBindPhone.Request, ChangeBindPhone.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("oldPhone") String oldPhone,
      @JsonProperty("newPhone") String newPhone,
      @JsonProperty("newVerificationCode") String code) {
    Request {
      oldPhone = Forms.phone(oldPhone, "oldPhone").reveal();
      newPhone = Forms.phone(newPhone, "newPhone").reveal();
    }
  }

  record Response(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("oldPhone") String oldPhone,
      @JsonProperty("newPhone") String newPhone) {}

  private final Members members;
  private final Codes codes;

  ChangeBindPhone(Members members, Codes codes) {
    this.members = members;
    this.codes = codes;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    Secret oldPhone = member.requirePhone();
    Secret newPhone = new Secret(request.newPhone());
    if (!oldPhone.equals(new Secret(request.oldPhone()))) {
      throw Refusal.of(Reason.BAD_FIELD, "oldPhone");
    }
    if (oldPhone.equals(newPhone)) {
      throw Refusal.of(Reason.PHONE_ALREADY_BOUND, "newPhone");
    }
    RowWrite used =
        codes.redeem(
            caller.merchant(),
            member,
            newPhone,
            Purpose.BIND_PHONE,
            "",
            request.code(),
            caller.now());
    members.changePhone(member, newPhone, used, caller.now());
    codes.warn(caller.merchant(), oldPhone, Purpose.PHONE_CHANGED, caller.now());
    return new Response(member.bizUserId(), request.oldPhone(), request.newPhone());
  }
}
