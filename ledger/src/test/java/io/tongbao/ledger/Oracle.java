package io.tongbao.ledger;

import io.tongbao.ledger.Movement.Capture;
import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Lock;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Movement.Unfreeze;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the ledger should do, written once more as simply as can be: one change at a time on plain
 * maps, everything copied before each change and put back when it fails. Answers in words.
 */
final class Oracle {
  private record State(
      Map<Long, Long> balances,
      Map<Long, Long> frozen,
      Map<Long, Long> holdAccounts,
      Map<Long, Long> holdRemaining,
      Set<Long> locked,
      Map<Long, Integer> rows) {

    State copy() {
      return new State(
          new HashMap<>(balances),
          new HashMap<>(frozen),
          new HashMap<>(holdAccounts),
          new HashMap<>(holdRemaining),
          new HashSet<>(locked),
          new HashMap<>(rows));
    }
  }

  private final long boundless;
  private final Map<String, String> keys = new HashMap<>();
  private State state =
      new State(
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashSet<>(),
          new HashMap<>());

  /**
   * @param boundless the account without a floor
   */
  Oracle(long boundless) {
    this.boundless = boundless;
  }

  void open(long account, long fen) {
    state.balances().put(account, fen);
    state.frozen().put(account, 0L);
  }

  void row(long id) {
    state.rows().put(id, 0);
  }

  long balance(long account) {
    return state.balances().getOrDefault(account, 0L);
  }

  long frozen(long account) {
    return state.frozen().getOrDefault(account, 0L);
  }

  int row(int id) {
    return state.rows().getOrDefault((long) id, -1);
  }

  /** Does all of a change or nothing. */
  String commit(Change change) {
    Change.Key key = change.key();
    String name = key == null ? "" : key.kind() + "/" + key.number();
    if (key != null && keys.containsKey(name)) {
      return key.fingerprint().hex().equals(keys.get(name)) ? "REPLAYED" : "KEY_REUSED";
    }
    State before = state.copy();
    String result = "COMMITTED";
    for (Movement movement : change.movements()) {
      result = result.equals("COMMITTED") ? move(movement) : result;
    }
    for (RowWrite write : change.writes()) {
      result = result.equals("COMMITTED") ? write(write.parameters()) : result;
    }
    if (!result.equals("COMMITTED")) {
      state = before;
    } else if (key != null) {
      keys.put(name, key.fingerprint().hex());
    }
    return result;
  }

  private String move(Movement movement) {
    return switch (movement) {
      case Post post -> post(post.legs(), -1);
      case Freeze freeze -> freeze(freeze);
      case Unfreeze unfreeze -> release(unfreeze.hold(), unfreeze.amount());
      case Capture capture -> {
        String released = release(capture.hold(), capture.amount());
        yield released.equals("COMMITTED")
            ? post(capture.legs(), state.holdAccounts().getOrDefault(capture.hold(), -1L))
            : released;
      }
      case Lock lock -> {
        state.locked().remove(lock.account());
        if (lock.locked()) {
          state.locked().add(lock.account());
        }
        yield "COMMITTED";
      }
    };
  }

  private String post(List<Leg> legs, long captured) {
    for (Leg leg : legs) {
      long id = leg.account();
      if (!state.balances().containsKey(id)) {
        return "ACCOUNT_UNKNOWN";
      }
      if (state.locked().contains(id) && (leg.amount() > 0 || id != captured)) {
        return "ACCOUNT_LOCKED";
      }
      long after = balance(id) + leg.amount();
      if (leg.amount() < 0 && id != boundless && after < frozen(id)) {
        return "INSUFFICIENT";
      }
      state.balances().put(id, after);
    }
    return "COMMITTED";
  }

  private String freeze(Freeze freeze) {
    long id = freeze.account();
    if (!state.balances().containsKey(id)) {
      return "ACCOUNT_UNKNOWN";
    }
    if (state.holdAccounts().containsKey(freeze.hold())) {
      return "CONFLICT";
    }
    if (state.locked().contains(id)) {
      return "ACCOUNT_LOCKED";
    }
    if (id != boundless && balance(id) - frozen(id) < freeze.amount()) {
      return "INSUFFICIENT";
    }
    state.frozen().merge(id, freeze.amount(), Long::sum);
    state.holdAccounts().put(freeze.hold(), id);
    state.holdRemaining().put(freeze.hold(), freeze.amount());
    return "COMMITTED";
  }

  private String release(long hold, long amount) {
    if (!state.holdAccounts().containsKey(hold)) {
      return "HOLD_UNKNOWN";
    }
    long remaining = state.holdRemaining().getOrDefault(hold, 0L);
    if (remaining < amount) {
      return "HOLD_EXCEEDED";
    }
    state.holdRemaining().put(hold, remaining - amount);
    state.frozen().merge(state.holdAccounts().getOrDefault(hold, -1L), -amount, Long::sum);
    return "COMMITTED";
  }

  /** The one row write of the workload: new state, row, expected state. */
  private String write(List<?> parameters) {
    long id = (Long) parameters.get(1);
    if (row((int) id) != (Integer) parameters.get(2)) {
      return "CONFLICT";
    }
    state.rows().put(id, (Integer) parameters.get(0));
    return "COMMITTED";
  }
}
