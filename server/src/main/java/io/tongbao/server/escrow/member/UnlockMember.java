package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;

/** 解锁会员: opens a locked member again. Specification §4.1.19. */
@Endpoint("MemberService.unlockMember")
final class UnlockMember implements EscrowOperation<UnlockMember.Request, UnlockMember.Response> {

  record Request(@JsonProperty("bizUserId") String bizUserId) {}

  record Response(@JsonProperty("bizUserId") String bizUserId) {}

  private final Members members;

  UnlockMember(Members members) {
    this.members = members;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.require(caller.merchant(), request.bizUserId());
    members.unlock(member, caller.now());
    return new Response(member.bizUserId());
  }
}
