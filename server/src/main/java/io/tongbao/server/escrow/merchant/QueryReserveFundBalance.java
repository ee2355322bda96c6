package io.tongbao.server.escrow.merchant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.ledger.Account;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Balance;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;

/**
 * 通联通头寸查询: what the platform's reserve account (标准准备金账户集) holds. Amounts in fen. Specification
 * §4.3.1; the names of the answer's members are the specification's.
 */
@Endpoint(value = "MerchantService.queryReserveFundBalance", reads = true)
final class QueryReserveFundBalance
    implements EscrowOperation<QueryReserveFundBalance.Request, QueryReserveFundBalance.Response> {
  private static final String RESERVE = "100003";
  private static final String NAME = "标准准备金账户集";

  /** An application has one reserve account, so it is the one that is settled to. */
  private static final long DEFAULT_FOR_CLEARING = 1;

  record Request(@JsonProperty("sysid") String sysid) {}

  record Response(
      @JsonProperty("account_no") String number,
      @JsonProperty("account_name") String name,
      @JsonProperty("balance") Money balance,
      @JsonProperty("usable_bal") Money usable,
      @JsonProperty("def_clr") long defaultForClearing) {}

  private final Accounts accounts;

  QueryReserveFundBalance(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    if (!request.sysid().equals(caller.merchant().code())) {
      throw Refusal.of(Refusal.Reason.UNKNOWN_MERCHANT, "sysid");
    }
    Account account =
        accounts
            .find(caller.merchant().id(), 0, RESERVE)
            .orElseThrow(() -> Refusal.of(Refusal.Reason.ACCOUNT_SET_UNKNOWN, "sysid"));
    Balance balance = accounts.balance(account.id()).orElseThrow();
    Money usable = balance.total().minus(balance.frozen());
    return new Response(
        String.valueOf(account.id()), NAME, balance.total(), usable, DEFAULT_FOR_CLEARING);
  }
}
