package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Outcome.Committed;
import io.tongbao.ledger.Outcome.Conflict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes with a change goes whole or not at all, and nobody pays for another's mistake. */
class RowWritesTest {
  private static final Scene scene = Scene.with(1, 1);
  private static final String MOVE_ON = "UPDATE parcel SET state = ? WHERE id = ? AND state = ?";

  @BeforeAll
  static void createTables() {
    scene.database.execute(
        """
        CREATE TABLE parcel (id bigint PRIMARY KEY, number text UNIQUE, state int NOT NULL);
        CREATE TABLE stamp (id bigint PRIMARY KEY, parcel bigint NOT NULL REFERENCES parcel);
        """);
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void the_writes_of_a_change_keep_their_order_in_a_batch_that_mixes_texts() {
    long old = scene.nextId();
    scene.commit(Change.at(Scene.NOON).write(parcel(old, "old")));
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long parcel = scene.nextId();
      RowWrite insert = parcel(parcel, "order" + i);
      RowWrite on = moveOn(parcel, 0, 1);
      RowWrite further = moveOn(parcel, 1, 2);
      // Were equal texts just sent together, some stamps would come before their parcels.
      List<RowWrite> writes =
          i % 2 == 0
              ? List.of(stamp(old), insert, on)
              : List.of(insert, stamp(parcel), on, further);
      changes.add(Change.at(Scene.NOON).writeAll(writes).build());
    }
    double before = scene.retries("stumbled") + scene.retries("lasting");
    assertThat(scene.outcomesOfOneBatch(changes)).containsOnly(new Committed(0, false));
    assertThat(scene.retries("stumbled") + scene.retries("lasting")).isEqualTo(before);
    assertThat(count("SELECT sum(state) FROM parcel WHERE number LIKE 'order%'")).isEqualTo(30);
  }

  @Test
  void of_many_guarded_updates_one_hits_and_only_its_money_moves() {
    long parcel = scene.nextId();
    scene.commit(Change.at(Scene.NOON).write(parcel(parcel, "guarded")));
    long payer = scene.account(1000);
    Change change =
        Change.at(Scene.NOON)
            .move(Scene.post(payer, Scene.OUTSIDE, 10))
            .write(moveOn(parcel, 0, 1))
            .build();
    List<Outcome> outcomes = scene.together(Collections.nCopies(64, change));
    assertThat(outcomes.stream().filter(Committed.class::isInstance)).hasSize(1);
    assertThat(outcomes.stream().filter(new Conflict("parcel")::equals)).hasSize(63);
    assertThat(scene.total(payer)).isEqualTo(990);
  }

  @Test
  void a_conflict_falls_out_of_its_batch_alone() {
    long payer = scene.account(1000);
    long used = scene.nextId();
    scene.commit(Change.at(Scene.NOON).write(parcel(used, "used")));
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      changes.add(withParcel(payer, "fresh" + i));
    }
    changes.set(7, withParcel(payer, "used"));
    changes.set(21, withParcel(payer, "fresh3"));
    changes.set(22, Change.at(Scene.NOON).write(moveOn(used, 5, 6)).build());
    List<Outcome> outcomes = scene.outcomesOfOneBatch(changes);
    for (int i = 0; i < 30; i++) {
      boolean conflict = i == 7 || i == 21 || i == 22;
      assertThat(outcomes.get(i)).isInstanceOf(conflict ? Conflict.class : Committed.class);
    }
    assertThat(scene.total(payer)).isEqualTo(1000 - 27);
    assertThat(scene.retries("stumbled") + scene.retries("lasting")).isPositive();
  }

  /** The second is in conflict only while the first stands; but the first falls out itself. */
  @Test
  void a_change_that_falls_out_draws_no_other_along() {
    long parcel = scene.nextId();
    scene.commit(Change.at(Scene.NOON).write(parcel(parcel, "drawn")));
    Change falls =
        Change.at(Scene.NOON)
            .write(moveOn(parcel, 0, 1))
            .write(parcel(scene.nextId(), "drawn"))
            .build();
    Change stands = Change.at(Scene.NOON).write(moveOn(parcel, 0, 1)).build();
    assertThat(scene.outcomesOfOneBatch(List.of(falls, stands, stands)))
        .containsExactly(new Conflict("parcel"), new Committed(0, false), new Conflict("parcel"));
  }

  /** Money that a conflicting change would have moved is there for those behind it. */
  @Test
  void funds_of_a_change_that_falls_out_are_free_for_the_next() {
    long payer = scene.account(10);
    Change.Builder all = Change.at(Scene.NOON).move(Scene.post(payer, Scene.OUTSIDE, 10));
    Change falls = all.write(moveOn(-1, 0, 1)).build();
    Change next = Change.at(Scene.NOON).move(Scene.post(payer, Scene.OUTSIDE, 10)).build();
    List<Outcome> outcomes = scene.outcomesOfOneBatch(List.of(falls, next));
    assertThat(outcomes.getFirst()).isEqualTo(new Conflict("parcel"));
    assertThat(outcomes.getLast()).isInstanceOf(Committed.class);
  }

  /** The driver joins inserts and hides then how many rows there were. */
  @Test
  void an_insert_that_gives_way_is_a_conflict() {
    scene.commit(Change.at(Scene.NOON).write(parcel(scene.nextId(), "there")));
    String sql = "INSERT INTO parcel VALUES (?, ?, 0) On  Conflict DO NOTHING";
    List<Change> changes =
        Stream.of("new", "there", "newer")
            .map(number -> RowWrite.of("parcel", sql, scene.nextId(), number))
            .map(write -> Change.at(Scene.NOON).write(write).build())
            .toList();
    assertThat(scene.outcomesOfOneBatch(changes))
        .containsExactly(new Committed(0, false), new Conflict("parcel"), new Committed(0, false));
  }

  @Test
  void a_poisonous_write_fails_for_its_caller_alone() {
    long payer = scene.account(100);
    Change good = Change.at(Scene.NOON).move(Scene.post(payer, Scene.OUTSIDE, 1)).build();
    Change bad =
        Change.at(Scene.NOON)
            .move(Scene.post(payer, Scene.OUTSIDE, 1))
            .write(RowWrite.of("parcel", "INSERT INTO parcel VALUES (1 / ?, 'x', 1)", 0))
            .build();
    Change many =
        Change.at(Scene.NOON)
            .move(Scene.post(payer, Scene.OUTSIDE, 1))
            .write(RowWrite.of("parcel", "UPDATE account SET locked = locked"))
            .build();
    assertFailsAlone(good, bad, payer);
    assertFailsAlone(good, many, payer);
  }

  /** Nothing is wrong with its row writes; the ledger's own statement fails. */
  @Test
  void a_poisonous_movement_fails_for_its_caller_alone() {
    long payer = scene.account(100);
    long second = scene.nextId();
    scene.commit(
        Change.at(Scene.NOON)
            .write(Accounts.opening(second, Scene.MERCHANT, 0, "clearing:2", Accounts.NO_FLOOR)));
    long huge = -Accounts.NO_FLOOR / 10 * 6;
    scene.commit(Change.at(Scene.NOON).move(Scene.post(second, payer, huge)));
    Change good = Change.at(Scene.NOON).move(Scene.post(payer, Scene.OUTSIDE, 1)).build();
    Change bad = Change.at(Scene.NOON).move(Scene.post(Scene.OUTSIDE, payer, huge)).build();
    assertFailsAlone(good, bad, payer);
  }

  @Test
  void a_hold_that_exists_is_a_conflict() {
    long account = scene.account(100);
    Change freeze =
        Change.at(Scene.NOON).move(new Freeze(scene.nextId(), account, 10, 0, "twice")).build();
    assertThat(scene.ledger(0).commit(freeze)).isInstanceOf(Committed.class);
    assertThat(scene.ledger(0).commit(freeze)).isEqualTo(new Conflict("hold"));
    assertThat(scene.frozen(account)).isEqualTo(10);
  }

  private static void assertFailsAlone(Change good, Change bad, long payer) {
    long before = scene.total(payer);
    List<Change> changes = new ArrayList<>(Collections.nCopies(10, good));
    changes.add(4, bad);
    List<Waiting> waiting = scene.asOneBatch(changes);
    assertThatThrownBy(() -> waiting.get(4).answer().join()).hasCauseInstanceOf(LedgerFault.class);
    IntStream.range(0, 11)
        .filter(i -> i != 4)
        .forEach(i -> assertThat(waiting.get(i).answer().join()).isInstanceOf(Committed.class));
    assertThat(scene.total(payer)).isEqualTo(before - 10);
  }

  private static Change withParcel(long payer, String number) {
    Post post = new Post(List.of(new Leg(payer, -1), new Leg(Scene.OUTSIDE, 1)));
    return Change.at(Scene.NOON).move(post).write(parcel(scene.nextId(), number)).build();
  }

  private static RowWrite parcel(long id, String number) {
    return RowWrite.of("parcel", "INSERT INTO parcel VALUES (?, ?, 0)", id, number);
  }

  private static RowWrite stamp(long parcel) {
    return RowWrite.of("stamp", "INSERT INTO stamp VALUES (?, ?)", scene.nextId(), parcel);
  }

  private static RowWrite moveOn(long parcel, int from, int to) {
    return RowWrite.of("parcel", MOVE_ON, to, parcel, from);
  }

  private static long count(String sql) {
    return Long.parseLong(scene.database.query(sql));
  }
}
