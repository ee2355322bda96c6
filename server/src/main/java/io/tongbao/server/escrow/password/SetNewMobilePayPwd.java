package io.tongbao.server.escrow.password;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** 设置/修改新移动快捷支付密码: sets or changes the password of QUICKPAY_N. Specification §4.1.24. */
@Endpoint("MemberPwdService.setNewMobilePayPwd")
final class SetNewMobilePayPwd
    implements EscrowOperation<SetNewMobilePayPwd.Request, SetNewMobilePayPwd.Response> {

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("operationType") String operation,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("oldPassword") @Nullable Secret oldPassword,
      @JsonProperty("newPassword") Secret newPassword) {
    Request {
      if (!operation.equals("set") && !operation.equals("edit")) {
        throw Refusal.of(Reason.BAD_FIELD, "operationType");
      }
      Passwords.requireDigits(oldPassword, "oldPassword");
      newPassword = Passwords.wellFormed(newPassword, "newPassword");
    }
  }

  record Response(
      @JsonProperty("bizUserId") String member, @JsonProperty("result") String result) {}

  private final PersonsOwn own;
  private final Passwords passwords;

  SetNewMobilePayPwd(PersonsOwn own, Passwords passwords) {
    this.own = own;
    this.passwords = passwords;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = own.identified(caller, request.member(), request.name(), request.identityNo());
    if (request.operation().equals("set")) {
      passwords.set(member, PasswordKind.QUICKPAY, request.newPassword(), List.of(), caller.now());
      return new Response(member.bizUserId(), "OK");
    }
    Secret old = request.oldPassword();
    if (old == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "oldPassword");
    }
    if (!passwords.isSet(member, PasswordKind.QUICKPAY)) {
      throw Refusal.of(Reason.PASSWORD_NOT_SET, "bizUserId");
    }
    passwords.require(member, PasswordKind.QUICKPAY, old, caller.now());
    passwords.replace(
        member, PasswordKind.QUICKPAY, request.newPassword(), List.of(), caller.now());
    return new Response(member.bizUserId(), "OK");
  }
}
