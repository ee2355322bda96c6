package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.ledger.Movement.Capture;
import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Unfreeze;
import io.tongbao.ledger.Outcome.Committed;
import io.tongbao.ledger.Outcome.Reason;
import io.tongbao.ledger.Outcome.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Many at once want what is there for few, on posters of two processes. THREATS T-X9. */
class ContentionTest {
  private static final int ROUNDS = 50;
  private static final int CALLERS = 64;
  private static final Scene scene = Scene.with(1, 2);

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void funds_for_k_debits_pay_exactly_k() {
    for (int round = 0; round < ROUNDS; round++) {
      int k = round % (CALLERS + 1);
      long payer = scene.account(10L * k + 9);
      int number = round;
      List<Outcome> outcomes =
          race(i -> Scene.keyed("k", number + "-" + i).move(Scene.post(payer, Scene.OUTSIDE, 10)));
      assertThat(committed(outcomes)).isEqualTo(k);
      assertThat(refused(outcomes, Reason.INSUFFICIENT)).isEqualTo(CALLERS - k);
      assertThat(scene.total(payer)).isEqualTo(9);
    }
  }

  @Test
  void parallel_unfreezes_give_back_no_more_than_was_frozen() {
    for (int round = 0; round < ROUNDS; round++) {
      long account = scene.account(100);
      long hold = hold(account, 100);
      List<Outcome> outcomes = race(i -> Change.at(Scene.NOON).move(new Unfreeze(hold, 10)));
      assertThat(committed(outcomes)).isEqualTo(10);
      assertThat(refused(outcomes, Reason.HOLD_EXCEEDED)).isEqualTo(CALLERS - 10);
      assertThat(scene.frozen(account)).isZero();
    }
  }

  @Test
  void of_capture_and_unfreeze_one_wins() {
    for (int round = 0; round < ROUNDS; round++) {
      long account = scene.account(100);
      long hold = hold(account, 100);
      List<Leg> legs = List.of(new Leg(account, -100), new Leg(Scene.OUTSIDE, 100));
      Capture capture = new Capture(hold, 100, legs);
      Unfreeze unfreeze = new Unfreeze(hold, 100);
      List<Outcome> outcomes =
          race(i -> Change.at(Scene.NOON).move(i % 2 == 0 ? capture : unfreeze));
      assertThat(committed(outcomes)).isEqualTo(1);
      boolean captured = IntStream.range(0, CALLERS).anyMatch(i -> i % 2 == 0 && won(outcomes, i));
      assertThat(scene.total(account)).isEqualTo(captured ? 0 : 100);
      assertThat(scene.frozen(account)).isZero();
    }
  }

  @Test
  void freezes_and_debits_share_what_is_available() {
    for (int round = 0; round < ROUNDS; round++) {
      long account = scene.account(100);
      List<Outcome> outcomes =
          race(i ->
              Change.at(Scene.NOON)
                  .move(
                      i % 2 == 0
                          ? new Freeze(scene.nextId(), account, 10, 0, "race")
                          : Scene.post(account, Scene.OUTSIDE, 10)));
      assertThat(committed(outcomes)).isEqualTo(10);
      assertThat(scene.total(account)).isEqualTo(scene.frozen(account));
    }
  }

  /** Batches of two processes name the same accounts in any order: sorted locks, or deadlock. */
  @Test
  void payments_to_and_fro_do_not_deadlock() {
    List<Long> accounts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      accounts.add(scene.account(1000));
    }
    SplittableRandom random = new SplittableRandom(9);
    for (int round = 0; round < ROUNDS; round++) {
      List<Outcome> outcomes =
          race(i -> {
            int from = random.nextInt(100);
            int to = (from + 1 + random.nextInt(99)) % 100;
            return Change.at(Scene.NOON).move(Scene.post(accounts.get(from), accounts.get(to), 1));
          });
      assertThat(committed(outcomes)).isEqualTo(CALLERS);
    }
    assertThat(accounts.stream().mapToLong(scene::total).sum()).isEqualTo(100_000);
    assertThat(scene.retries("contention")).isZero();
  }

  private static long hold(long account, long amount) {
    long hold = scene.nextId();
    scene.commit(Change.at(Scene.NOON).move(new Freeze(hold, account, amount, 0, "test")));
    return hold;
  }

  private static List<Outcome> race(IntFunction<Change.Builder> change) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      changes.add(change.apply(i).build());
    }
    return scene.together(changes);
  }

  private static boolean won(List<Outcome> outcomes, int index) {
    return outcomes.get(index) instanceof Committed;
  }

  private static long committed(List<Outcome> outcomes) {
    return outcomes.stream().filter(Committed.class::isInstance).count();
  }

  private static long refused(List<Outcome> outcomes, Reason reason) {
    return outcomes.stream()
        .filter(each -> each instanceof Refused refused && refused.reason() == reason)
        .count();
  }
}
