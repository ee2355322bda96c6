package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.MemberType;
import io.tongbao.server.member.Members;
import org.jspecify.annotations.Nullable;

/** 个人实名认证: has a person's name and identity number checked. Specification §4.1.5. */
@Endpoint("MemberService.setRealName")
final class SetRealName implements EscrowOperation<SetRealName.Request, SetRealName.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("isAuth") @Nullable Boolean checked,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo) {
    Request {
      if (checked != null && !checked) { // the platform checks, always
        throw Refusal.of(Reason.BAD_FIELD, "isAuth");
      }
      name = Forms.name(name, "name").reveal();
      identityNo = Forms.identityNo(identityNo, "identityNo");
    }
  }

  record Response(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo) {}

  private final Members members;

  SetRealName(Members members) {
    this.members = members;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member =
        members.active(caller.merchant(), request.bizUserId()).requireType(MemberType.PERSON);
    members.setRealName(
        caller.merchant(), member, new Secret(request.name()), request.identityNo(), caller.now());
    return new Response(
        member.bizUserId(), request.name(), request.document(), request.identityNo());
  }
}
