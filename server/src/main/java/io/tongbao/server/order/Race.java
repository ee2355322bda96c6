package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Decisions that somebody else may overtake between reading and committing: they are read, decided
 * and committed again. Each lost round is another one's success, so the rounds come to an end; the
 * number of them is bounded all the same.
 */
@Component
final class Race {
  private static final int MOST_ROUNDS = 200;

  private final Ledger ledger;

  Race(Ledger ledger) {
    this.ledger = ledger;
  }

  /** What was decided, and the change that makes it so. */
  record Decision<T>(T result, Change change) {}

  /**
   * Commits what {@code decide} comes to and gives its result, or throws the refusal that says why
   * not.
   *
   * @param moving the rows that others may move meanwhile; a conflict over another one is final
   * @param decide reads and decides afresh; may refuse
   */
  <T> T run(Set<String> moving, Supplier<Decision<T>> decide) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Decision<T> decision = decide.get();
      switch (ledger.commit(decision.change())) {
        case Outcome.Committed committed -> {
          if (committed.replayed()) {
            throw Refusal.of(Reason.ORDER_EXISTS, "bizOrderNo");
          }
          return decision.result();
        }
        case Outcome.Refused refused -> throw Commits.refusal(refused.reason());
        case Outcome.Conflict conflict -> {
          if (!moving.contains(conflict.row())) {
            throw refusal(conflict.row());
          }
        }
      }
    }
    throw Refusal.of(Reason.BUSY);
  }

  private static Refusal refusal(String row) {
    return row.equals(Orders.NEW)
        ? Refusal.of(Reason.ORDER_EXISTS, "bizOrderNo")
        : Refusal.of(Reason.WRONG_ORDER_STATE);
  }
}
