package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.ledger.Outcome.Committed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Connections die at the worst moments; no change is lost that was told as done, none doubled. */
class LostConnectionTest {
  private static final int CALLERS = 16;
  private static final Scene scene = Scene.with(2, 1);

  /** Its COMMIT is on its way; the client's close does not reach it any more. */
  private static final AtomicReference<@Nullable Connection> late = new AtomicReference<>();

  @AfterAll
  static void close() {
    scene.close();
  }

  /** What happens to a COMMIT. */
  private enum Loss {
    /** It took place, and the answer was lost. */
    AFTER,
    /** It never arrived. */
    BEFORE,
    /** The server refused it, as it does with a serialization failure. */
    REFUSED,
    /** The answer was lost while it was still on its way; it takes place when someone waits. */
    LATE
  }

  @Test
  void a_commit_that_took_place_is_told_although_its_answer_was_lost() {
    assertMovesOnce(Loss.AFTER, 0);
  }

  @Test
  void a_commit_that_is_still_on_its_way_is_waited_for() {
    assertMovesOnce(Loss.LATE, 0);
  }

  @Test
  void a_commit_that_never_arrived_is_done_again() {
    assertMovesOnce(Loss.BEFORE, 1);
  }

  @Test
  void a_commit_that_the_server_refused_is_done_again() {
    assertMovesOnce(Loss.REFUSED, 1);
  }

  @Test
  void who_cannot_reach_the_database_says_that_nothing_was_done() {
    DataSource broken =
        failing(() -> new SQLException("nobody there", "08001"), scene.database.application());
    Change change = Change.at(Scene.NOON).build();
    Waiting waiting = scene.asOneBatch(List.of(change), broken).getFirst();
    assertThatThrownBy(() -> waiting.answer().join())
        .hasCauseInstanceOf(LedgerFault.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void under_a_storm_of_ended_connections_every_answer_is_true() throws Exception {
    assertThat(everyAnswerIsTrueUnder("storm", scene.database::disconnectAll, 25)).isPositive();
  }

  /** The server loses its memory and recovers from its journal, as after a power failure. */
  @Test
  void through_crashes_of_the_server_every_answer_is_true() throws Exception {
    assertThat(everyAnswerIsTrueUnder("crash", scene.database::crash, 4)).isPositive();
  }

  /** Sixteen callers pay, with keys and without, while {@code times} disturbances happen. */
  private static int everyAnswerIsTrueUnder(String kind, IntSupplier disturbance, int times)
      throws Exception {
    long payer = scene.account(1_000_000);
    int payments = 60;
    AtomicInteger answered = new AtomicInteger();
    AtomicLong keyless = new AtomicLong();
    List<Future<?>> all = new ArrayList<>();
    int disturbed = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        all.add(
            threads.submit(() -> {
              for (int n = 0; n < payments; n++) {
                payUntilCommitted(payer, kind + "-" + caller + "-" + n, caller);
                keyless.addAndGet(payOnceWithoutKey(payer, caller));
                answered.incrementAndGet();
              }
            }));
      }
      int step = CALLERS * payments / times;
      for (int goal = 5; goal < CALLERS * payments; goal += step) {
        while (answered.get() < goal && !all.stream().allMatch(Future::isDone)) {
          Thread.onSpinWait();
        }
        disturbed += disturbance.getAsInt();
      }
    }
    scene.database.forgetConnections();
    for (Future<?> each : all) {
      each.get();
    }
    long keyed = (long) CALLERS * payments;
    assertThat(scene.total(payer)).isEqualTo(1_000_000 - keyed - keyless.get());
    assertThat(keyless.get()).isPositive();
    return disturbed;
  }

  private static void payUntilCommitted(long payer, String number, int caller) {
    Change change = Scene.keyed("storm", number).move(Scene.post(payer, Scene.OUTSIDE, 1)).build();
    while (true) {
      try {
        assertThat(scene.ledger(caller).commit(change)).isInstanceOf(Committed.class);
        return;
      } catch (LedgerFault e) {
        // Nothing was done, it says: the next try must not be a replay of it.
        assertThat(e).hasMessageContaining("cannot be written");
      }
    }
  }

  /** Nothing but the answer tells whether it happened: so the answer must be exact. */
  private static int payOnceWithoutKey(long payer, int caller) {
    Change change = Change.at(Scene.NOON).move(Scene.post(payer, Scene.OUTSIDE, 1)).build();
    try {
      assertThat(scene.ledger(caller).commit(change)).isInstanceOf(Committed.class);
      return 1;
    } catch (LedgerFault e) {
      assertThat(e).hasMessageContaining("cannot be written");
      return 0;
    }
  }

  private static void assertMovesOnce(Loss loss, int contentions) {
    long payer = scene.account(100);
    double before = scene.retries("connection") + scene.retries("contention");
    DataSource lossy = losingOneCommit(loss);
    // Without a key, nothing in the change itself could keep it from happening twice.
    Change change = Change.at(Scene.NOON).move(Scene.post(payer, Scene.OUTSIDE, 7)).build();
    Outcome outcome = scene.asOneBatch(List.of(change), lossy).getFirst().answer().join();
    assertThat(outcome).isInstanceOf(Committed.class);
    assertThat(scene.total(payer)).isEqualTo(93);
    double after = scene.retries("connection") + scene.retries("contention");
    assertThat(after - before).isEqualTo(contentions);
  }

  /** The third COMMIT is the batch's own: before it the poster registers and takes its ids. */
  private static DataSource losingOneCommit(Loss loss) {
    AtomicInteger commits = new AtomicInteger();
    return wrapped(
        scene.database.application(),
        connection -> {
          if (commits.incrementAndGet() != 3) {
            connection.commit();
            return;
          }
          switch (loss) {
            case AFTER -> connection.commit();
            case BEFORE -> connection.rollback();
            case REFUSED -> {
              connection.rollback();
              throw new SQLException("could not serialize", "40001");
            }
            case LATE -> {
              late.set(connection);
              Thread.ofVirtual().start(() -> commitWhenSomeoneWaits(connection));
            }
          }
          throw new SQLException("the line is dead", "08006");
        });
  }

  private static void commitWhenSomeoneWaits(Connection connection) {
    while (scene.database.query("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
      Thread.onSpinWait();
    }
    try (connection) {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Commit {
    void on(Connection connection) throws SQLException;
  }

  private interface Failure {
    SQLException now();
  }

  private static DataSource failing(Failure failure, DataSource source) {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          if (method.getName().equals("getConnection")) {
            throw failure.now();
          }
          return method.invoke(source, arguments);
        });
  }

  private static DataSource wrapped(DataSource source, Commit commit) {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object result = method.invoke(source, arguments);
          return result instanceof Connection connection ? wrapped(connection, commit) : result;
        });
  }

  private static Connection wrapped(Connection connection, Commit commit) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("commit")) {
            commit.on(connection);
            return null;
          }
          boolean unheard = method.getName().equals("close") && connection.equals(late.get());
          return unheard ? null : method.invoke(connection, arguments);
        });
  }

  private interface Call {
    @Nullable Object on(Method method, Object @Nullable [] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return call.on(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }
}
