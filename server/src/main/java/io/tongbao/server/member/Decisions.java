package io.tongbao.server.member;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Changes of members, committed whole; or the refusal that says which row stood against it. */
@Component
final class Decisions {
  private final Ledger ledger;

  Decisions(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Commits.
   *
   * @param conflicts why the change is refused, by the name of the row write that hit no row
   */
  void carryOut(Change change, Map<String, Refusal> conflicts) {
    Outcome outcome = ledger.commit(change);
    if (outcome instanceof Outcome.Committed) {
      return;
    }
    if (outcome instanceof Outcome.Conflict(String row)) {
      throw conflicts.getOrDefault(row, Refusal.of(Reason.BUSY));
    }
    if (outcome instanceof Outcome.Refused(Outcome.Reason reason, long account)
        && reason != Outcome.Reason.BUSY) {
      throw new IllegalStateException("account " + account + ": " + reason);
    }
    throw Refusal.of(Reason.BUSY);
  }
}
