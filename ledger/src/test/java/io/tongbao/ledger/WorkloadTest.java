package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.ledger.Movement.Capture;
import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Lock;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Movement.Unfreeze;
import io.tongbao.ledger.Outcome.Committed;
import io.tongbao.ledger.Outcome.Conflict;
import io.tongbao.ledger.Outcome.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes by seed: in known batches against the oracle, and in a crowd against the sums. */
class WorkloadTest {
  private static final int ACCOUNTS = 6;
  private static final int ROWS = 5;
  private static final String MOVE_ON = "UPDATE slot SET state = ? WHERE id = ? AND state = ?";

  private final List<Long> accounts = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void every_answer_is_the_oracles(long seed) {
    try (Scene scene = Scene.with(1)) {
      SplittableRandom random = new SplittableRandom(seed);
      Oracle oracle = prepare(scene);
      for (int batch = 0; batch < 25; batch++) {
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(1, 129); i > 0; i--) {
          changes.add(change(random));
        }
        List<String> expected = changes.stream().map(oracle::commit).toList();
        List<String> told =
            scene.outcomesOfOneBatch(changes).stream().map(WorkloadTest::told).toList();
        for (int i = 0; i < changes.size(); i++) {
          assertThat(told.get(i))
              .as("seed %d, batch %d, %d: %s", seed, batch, i, changes.get(i))
              .isEqualTo(expected.get(i));
        }
      }
      for (long account : accounts) {
        assertThat(scene.total(account)).isEqualTo(oracle.balance(account));
        assertThat(scene.frozen(account)).isEqualTo(oracle.frozen(account));
      }
      for (int row = 0; row < ROWS; row++) {
        assertThat(scene.database.query("SELECT state FROM slot WHERE id = " + row))
            .isEqualTo(String.valueOf(oracle.row(row)));
      }
    }
  }

  @Test
  void in_a_crowd_on_three_posters_the_balances_are_the_sums_of_what_was_committed() {
    try (Scene scene = Scene.with(2, 1)) {
      prepare(scene);
      Map<Long, Long> sums = new HashMap<>();
      accounts.forEach(account -> sums.put(account, 1000L));
      for (long seed = 100; seed < 110; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          changes.add(change(random));
        }
        List<Outcome> outcomes = scene.together(changes);
        for (int i = 0; i < changes.size(); i++) {
          if (outcomes.get(i) instanceof Committed done && !done.replayed()) {
            add(changes.get(i), sums);
          }
        }
      }
      for (long account : accounts) {
        assertThat(scene.total(account)).isEqualTo(sums.get(account));
      }
    }
  }

  private Oracle prepare(Scene scene) {
    scene.database.execute("CREATE TABLE slot (id bigint PRIMARY KEY, state int NOT NULL)");
    Oracle oracle = new Oracle(Scene.OUTSIDE);
    oracle.open(Scene.OUTSIDE, -1000L * ACCOUNTS);
    accounts.clear();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add(scene.account(1000));
      oracle.open(accounts.getLast(), 1000);
    }
    for (int row = 0; row < ROWS; row++) {
      scene.database.execute("INSERT INTO slot VALUES (%d, 0)".formatted(row));
      oracle.row((long) row);
    }
    return oracle;
  }

  private Change change(SplittableRandom random) {
    Change.Builder change = Change.at(Scene.NOON.plusMillis(random.nextInt(1_000_000)));
    if (random.nextInt(3) > 0) {
      Bytes fingerprint = Bytes.utf8("content " + random.nextInt(3)).sha256();
      change.key(new Change.Key(1, "work", "W" + random.nextInt(2000), 0, fingerprint));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      change.move(movement(random));
    }
    for (int i = random.nextInt(8) / 6; i > 0; i--) {
      int from = random.nextInt(3);
      long row = random.nextInt(ROWS);
      change.write(RowWrite.of("slot", MOVE_ON, random.nextInt(3), row, from));
    }
    return change.build();
  }

  private Movement movement(SplittableRandom random) {
    long amount = random.nextInt(1, 120);
    long hold = random.nextInt(60);
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new Freeze(hold, account(random), amount, 0, "work");
      case 3, 4 -> new Unfreeze(hold, amount);
      case 5, 6 -> new Capture(hold, amount, legs(account(random), account(random), amount));
      case 7 -> new Lock(accounts.get(random.nextInt(2)), random.nextInt(4) == 0);
      default -> new Post(legs(account(random), account(random), amount));
    };
  }

  /** Three legs; the last account is everyone's. Its debits beyond the hold are the ledger's. */
  private List<Leg> legs(long from, long to, long amount) {
    if (amount == 1) {
      return List.of(new Leg(from, -1), new Leg(to, 1));
    }
    return List.of(new Leg(from, -amount), new Leg(to, amount - 1), new Leg(accounts.getLast(), 1));
  }

  private long account(SplittableRandom random) {
    return switch (random.nextInt(20)) {
      case 0 -> -7;
      case 1, 2, 3 -> Scene.OUTSIDE;
      default -> accounts.get(random.nextInt(ACCOUNTS));
    };
  }

  private static void add(Change change, Map<Long, Long> sums) {
    for (Movement movement : change.movements()) {
      List<Leg> legs =
          switch (movement) {
            case Post post -> post.legs();
            case Capture capture -> capture.legs();
            case Freeze freeze -> List.of();
            case Unfreeze unfreeze -> List.of();
            case Lock lock -> List.of();
          };
      legs.forEach(leg -> sums.merge(leg.account(), leg.amount(), Long::sum));
    }
  }

  private static String told(Outcome outcome) {
    return switch (outcome) {
      case Committed committed -> committed.replayed() ? "REPLAYED" : "COMMITTED";
      case Refused refused -> refused.reason().name();
      case Conflict conflict -> "CONFLICT";
    };
  }
}
