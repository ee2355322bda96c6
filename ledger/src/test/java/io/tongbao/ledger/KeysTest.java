package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.ledger.Outcome.Committed;
import io.tongbao.ledger.Outcome.Reason;
import io.tongbao.ledger.Outcome.Refused;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A key makes a change happen once, whoever asks how often, and on whichever poster. */
class KeysTest {
  private static final Scene scene = Scene.with(2, 1);

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void the_same_key_and_content_answers_what_the_first_one_answered() {
    long payer = scene.account(100);
    Change change = Scene.keyed("pay", "1").move(Scene.post(payer, Scene.OUTSIDE, 60)).build();
    Outcome first = scene.ledger(0).commit(change);
    assertThat(first).isInstanceOf(Committed.class);
    // Not judged again: there would not be enough for a second one.
    assertThat(scene.ledger(0).commit(change))
        .isEqualTo(new Committed(((Committed) first).transaction(), true));
    assertThat(scene.total(payer)).isEqualTo(40);
  }

  @Test
  void the_same_key_with_other_content_is_refused() {
    long payer = scene.account(100);
    scene.commit(Scene.keyed("pay", "2", "one").move(Scene.post(payer, Scene.OUTSIDE, 1)));
    Change other = Scene.keyed("pay", "2", "two").move(Scene.post(payer, Scene.OUTSIDE, 2)).build();
    assertThat(scene.ledger(0).commit(other)).isEqualTo(new Refused(Reason.KEY_REUSED, 0));
    assertThat(scene.total(payer)).isEqualTo(99);
  }

  @Test
  void a_refused_change_leaves_no_key_behind() {
    long payer = scene.account(1);
    Change change = Scene.keyed("pay", "3").move(Scene.post(payer, Scene.OUTSIDE, 2)).build();
    assertThat(scene.ledger(0).commit(change)).isEqualTo(new Refused(Reason.INSUFFICIENT, payer));
    scene.commit(Change.at(Scene.NOON).move(Scene.post(Scene.OUTSIDE, payer, 1)));
    assertThat(scene.ledger(0).commit(change)).isInstanceOf(Committed.class);
  }

  @Test
  void keys_of_another_kind_or_merchant_are_other_keys() {
    long payer = scene.account(10);
    scene.commit(Scene.keyed("pay", "4").move(Scene.post(payer, Scene.OUTSIDE, 1)));
    scene.commit(Scene.keyed("refund", "4").move(Scene.post(payer, Scene.OUTSIDE, 1)));
    Change.Key own = Objects.requireNonNull(Scene.keyed("pay", "4").build().key());
    Change.Key foreign = new Change.Key(2, own.kind(), own.number(), 0, own.fingerprint());
    scene.commit(Change.at(Scene.NOON).key(foreign).move(Scene.post(payer, Scene.OUTSIDE, 1)));
    assertThat(scene.total(payer)).isEqualTo(7);
  }

  @Test
  void a_key_can_guard_row_writes_alone() {
    long account = scene.nextId();
    Change change =
        Scene.keyed("open", "5")
            .write(Accounts.opening(account, Scene.MERCHANT, account, "200001", 0))
            .build();
    Committed first = (Committed) scene.ledger(0).commit(change);
    assertThat(first.transaction()).isPositive();
    assertThat(scene.ledger(0).commit(change)).isEqualTo(new Committed(first.transaction(), true));
  }

  @Test
  void duplicates_inside_one_batch_meet_the_first_one() {
    long payer = scene.account(100);
    Change one = Scene.keyed("pay", "6", "one").move(Scene.post(payer, Scene.OUTSIDE, 60)).build();
    Change two = Scene.keyed("pay", "6", "two").move(Scene.post(payer, Scene.OUTSIDE, 1)).build();
    List<Outcome> outcomes = scene.outcomesOfOneBatch(List.of(one, one, two));
    long transaction = ((Committed) outcomes.getFirst()).transaction();
    assertThat(outcomes)
        .containsExactly(
            new Committed(transaction, false),
            new Committed(transaction, true),
            new Refused(Reason.KEY_REUSED, 0));
  }

  @Test
  void after_a_refused_first_one_the_second_is_judged_by_itself() {
    long payer = scene.account(100);
    Change much = Scene.keyed("pay", "7", "a").move(Scene.post(payer, Scene.OUTSIDE, 101)).build();
    Change less = Scene.keyed("pay", "7", "b").move(Scene.post(payer, Scene.OUTSIDE, 99)).build();
    List<Outcome> outcomes = scene.outcomesOfOneBatch(List.of(much, less));
    assertThat(outcomes.getFirst()).isEqualTo(new Refused(Reason.INSUFFICIENT, payer));
    assertThat(outcomes.getLast()).isInstanceOf(Committed.class);
  }

  @Test
  void sixty_four_at_once_have_one_effect() {
    for (int round = 0; round < 50; round++) {
      // Exactly enough for one: who comes second must see the key before he misses the money.
      long payer = scene.account(5);
      Change change =
          Scene.keyed("storm", "S" + round).move(Scene.post(payer, Scene.OUTSIDE, 5)).build();
      List<Outcome> outcomes = scene.together(Collections.nCopies(64, change));
      assertThat(outcomes).allMatch(Committed.class::isInstance);
      assertThat(transactions(outcomes).distinct().count()).isEqualTo(1);
      assertThat(outcomes.stream().filter(each -> !((Committed) each).replayed())).hasSize(1);
      assertThat(scene.total(payer)).isZero();
    }
  }

  /** Without a common account nothing but the key itself stands between the two posters. */
  @Test
  void sixty_four_at_once_without_an_account_in_common_have_one_effect() {
    for (int round = 0; round < 20; round++) {
      String number = "R" + round;
      List<Change> changes =
          LongStream.range(0, 64)
              .map(i -> scene.nextId())
              .mapToObj(id ->
                  Scene.keyed("alone", number)
                      .write(Accounts.opening(id, Scene.MERCHANT, id, "200001", 0))
                      .build())
              .toList();
      List<Outcome> outcomes = scene.together(changes);
      assertThat(outcomes.stream().filter(each -> !((Committed) each).replayed())).hasSize(1);
      assertThat(transactions(outcomes).distinct().count()).isEqualTo(1);
    }
  }

  private static LongStream transactions(List<Outcome> outcomes) {
    return outcomes.stream().mapToLong(each -> ((Committed) each).transaction());
  }
}
