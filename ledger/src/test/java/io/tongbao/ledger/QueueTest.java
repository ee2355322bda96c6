package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tongbao.ledger.Outcome.Committed;
import io.tongbao.ledger.Outcome.Reason;
import io.tongbao.ledger.Outcome.Refused;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The queue before the poster is bounded, and closing empties it. THREATS T-X18. */
class QueueTest {
  private static final int QUEUE = 2048;

  @Test
  void who_finds_the_queue_full_is_told_at_once_and_the_others_are_served() throws Exception {
    try (Scene scene = Scene.with(1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long payer = scene.account(10_000);
      Change change = Change.at(Scene.NOON).move(Scene.post(payer, Scene.OUTSIDE, 1)).build();
      List<Future<Outcome>> answers = new ArrayList<>();
      try (Connection other = scene.database.owner().getConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("SELECT FROM account WHERE id = " + payer + " FOR UPDATE");
        answers.add(threads.submit(() -> scene.ledger(0).commit(change)));
        awaitWaiter(scene);
        for (int i = 0; i < QUEUE; i++) {
          answers.add(threads.submit(() -> scene.ledger(0).commit(change)));
        }
        while (scene.waiting() < QUEUE) {
          Thread.onSpinWait();
        }
        assertThat(scene.ledger(0).commit(change)).isEqualTo(new Refused(Reason.BUSY, 0));
        other.rollback();
      }
      for (Future<Outcome> answer : answers) {
        assertThat(answer.get()).isInstanceOf(Committed.class);
      }
      assertThat(scene.total(payer)).isEqualTo(10_000 - QUEUE - 1);
    }
  }

  @Test
  void closing_posts_what_waits_and_takes_nothing_more() throws Exception {
    Scene scene = Scene.with(1);
    long payer = scene.account(1000);
    Change change = Change.at(Scene.NOON).move(Scene.post(payer, Scene.OUTSIDE, 1)).build();
    int committed = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(threads.submit(() -> committed(scene.ledger(0), change)));
      }
      scene.stop();
      for (Future<Boolean> answer : answers) {
        committed += answer.get() ? 1 : 0;
      }
    }
    assertThat(scene.total(payer)).isEqualTo(1000 - committed);
    assertThatIllegalStateException().isThrownBy(() -> scene.ledger(0).commit(change));
    scene.close();
  }

  private static boolean committed(Ledger ledger, Change change) {
    try {
      return ledger.commit(change) instanceof Committed;
    } catch (IllegalStateException closed) {
      return false;
    }
  }

  private static void awaitWaiter(Scene scene) {
    String waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
    while (scene.database.query(waiting).equals("0")) {
      Thread.onSpinWait();
    }
  }
}
