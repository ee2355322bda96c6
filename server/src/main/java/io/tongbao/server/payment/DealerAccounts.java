package io.tongbao.server.payment;

import io.tongbao.ledger.Account;
import io.tongbao.ledger.Accounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The ledger accounts that stand beside a dealer's own: where its fees go, and one clearing account
 * per channel for the outside world. An account keeps its id for ever, so each is looked up once.
 */
@Component
final class DealerAccounts {
  static final String FEE = "fee";

  private record Name(int merchant, String set) {}

  private final Accounts accounts;
  private final Map<Name, Long> known = new ConcurrentHashMap<>();

  DealerAccounts(Accounts accounts) {
    this.accounts = accounts;
  }

  long fee(int merchant) {
    return known.computeIfAbsent(new Name(merchant, FEE), this::look);
  }

  long clearing(int merchant, PayoutChannel channel) {
    return known.computeIfAbsent(new Name(merchant, "clearing:" + channel.name()), this::look);
  }

  private long look(Name name) {
    return accounts
        .find(name.merchant(), 0, name.set())
        .map(Account::id)
        .orElseThrow(
            () -> new IllegalStateException("dealer " + name.merchant() + " has no " + name.set()));
  }
}
