package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;

/**
 * 锁定会员: a member neither pays, receives nor asks for anything until he is unlocked. Specification
 * §4.1.18.
 */
@Endpoint("MemberService.lockMember")
final class LockMember implements EscrowOperation<LockMember.Request, LockMember.Response> {

  record Request(@JsonProperty("bizUserId") String bizUserId) {}

  record Response(@JsonProperty("bizUserId") String bizUserId) {}

  private final Members members;

  LockMember(Members members) {
    this.members = members;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    members.lock(member, caller.now());
    return new Response(member.bizUserId());
  }
}
