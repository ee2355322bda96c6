package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.MemberKind;
import io.tongbao.server.escrow.member.Dictionary.Source;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Member.Registration;
import io.tongbao.server.member.Members;

/**
 * 创建会员: a merchant brings a person or a company, who gets an empty account. Specification §4.1.1.
 */
@Endpoint("MemberService.createMember")
final class CreateMember implements EscrowOperation<CreateMember.Request, CreateMember.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("memberType") MemberKind type,
      @JsonProperty("source") Source source) {
    Request {
      bizUserId = Forms.memberNumber(bizUserId, "bizUserId");
    }
  }

  record Response(
      @JsonProperty("userId") String userNo, @JsonProperty("bizUserId") String bizUserId) {}

  private final Members members;

  CreateMember(Members members) {
    this.members = members;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Registration registration =
        new Registration(request.source().number(), caller.source(), caller.now());
    Member member =
        members.create(
            caller.merchant(), request.bizUserId(), request.type().meaning(), registration);
    return new Response(member.userNo(), member.bizUserId());
  }
}
