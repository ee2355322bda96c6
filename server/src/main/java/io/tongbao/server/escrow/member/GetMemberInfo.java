package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.AuditState;
import io.tongbao.server.escrow.member.Dictionary.MemberKind;
import io.tongbao.server.member.Companies;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;

/** 获取会员信息: what is known of a person (§5.8) or of a company (§5.6). Specification §4.1.8. */
@Endpoint(value = "MemberService.getMemberInfo", reads = true)
final class GetMemberInfo
    implements EscrowOperation<GetMemberInfo.Request, GetMemberInfo.Response> {

  record Request(@JsonProperty("bizUserId") String bizUserId) {}

  record Response(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("memberType") MemberKind type,
      @JsonProperty("memberInfo") MemberInfo info) {}

  private final Members members;
  private final Companies companies;

  GetMemberInfo(Members members, Companies companies) {
    this.members = members;
    this.companies = companies;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    return new Response(member.bizUserId(), MemberKind.of(member.type()), info(member));
  }

  private MemberInfo info(Member member) {
    if (!member.isCompany()) {
      return MemberInfo.Person.of(member);
    }
    return companies
        .find(member)
        .<MemberInfo>map(MemberInfo.Business::of)
        .orElseGet(() -> new MemberInfo.Unset(AuditState.PENDING));
  }
}
