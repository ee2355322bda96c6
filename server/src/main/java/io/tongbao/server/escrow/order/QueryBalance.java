package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Balance;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.order.AccountSets;

/** 查询余额. Specification §4.2.20. */
@Endpoint(value = "OrderService.queryBalance", reads = true)
final class QueryBalance implements EscrowOperation<QueryBalance.Request, QueryBalance.Response> {

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSetNo) {}

  /** Fen; the frozen amount is part of the whole. */
  record Response(
      @JsonProperty("allAmount") Money all, @JsonProperty("freezenAmount") Money frozen) {} // sic

  private final Members members;
  private final AccountSets sets;
  private final Accounts accounts;

  QueryBalance(Members members, AccountSets sets, Accounts accounts) {
    this.members = members;
    this.sets = sets;
    this.accounts = accounts;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.member());
    sets.requireMembers(caller.merchant(), request.accountSetNo());
    Balance balance =
        accounts
            .balance(member.account())
            .orElseThrow(() -> new IllegalStateException("no account " + member.account()));
    return new Response(balance.total(), balance.frozen());
  }
}
