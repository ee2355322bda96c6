package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.kernel.Bytes;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Outcome.Committed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * A ledger on a database of its own, with the outside world's account and as many others as a test
 * asks for. Closing it runs the audit, which must pass.
 */
final class Scene implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
  static final int MERCHANT = 1;
  static final long OUTSIDE = 1;

  final Database database = Database.empty();
  final Accounts accounts = new Accounts(database.application());
  private final AtomicLong ids = new AtomicLong(100);
  private final List<PostingLedger> ledgers = new ArrayList<>();
  private final List<MeterRegistry> meters = new ArrayList<>();

  /** A scene on which several processes post, each with its own number of posters. */
  static Scene with(int... posters) {
    Scene scene = new Scene();
    for (int each : posters) {
      DataSource source = scene.database.application();
      scene.ledgers.add(new PostingLedger(source, scene.newMeters(), each));
    }
    scene.commit(
        Change.at(NOON)
            .write(Accounts.opening(OUTSIDE, MERCHANT, 0, "clearing:GATEWAY", Accounts.NO_FLOOR)));
    return scene;
  }

  Ledger ledger(int index) {
    return ledgers.get(index % ledgers.size());
  }

  /** Opens an account and puts {@code fen} in. */
  long account(long fen) {
    long id = ids.incrementAndGet();
    commit(Change.at(NOON).write(Accounts.opening(id, MERCHANT, id, "200001", 0)));
    if (fen > 0) {
      commit(Change.at(NOON).move(post(OUTSIDE, id, fen)));
    }
    return id;
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  static Post post(long from, long to, long fen) {
    return new Post(List.of(new Leg(from, -fen), new Leg(to, fen)));
  }

  static Change.Builder keyed(String kind, String number) {
    return keyed(kind, number, "the same");
  }

  static Change.Builder keyed(String kind, String number, String content) {
    Bytes fingerprint = Bytes.utf8(content).sha256();
    return Change.at(NOON).key(new Change.Key(MERCHANT, kind, number, 0, fingerprint));
  }

  /** Commits what must succeed. */
  Committed commit(Change.Builder change) {
    Outcome outcome = ledger(0).commit(change.build());
    assertThat(outcome).isInstanceOf(Committed.class);
    return (Committed) outcome;
  }

  /** Commits all at once, each on a thread of its own, over all ledgers in turn. */
  List<Outcome> together(List<Change> changes) {
    CountDownLatch ready = new CountDownLatch(changes.size());
    List<Future<Outcome>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < changes.size(); i++) {
        Change change = changes.get(i);
        Ledger ledger = ledger(i);
        answers.add(
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              return ledger.commit(change);
            }));
      }
    }
    return answers.stream().map(Scene::now).toList();
  }

  /** Posts all as one batch, in this order, on a poster of its own. */
  List<Waiting> asOneBatch(List<Change> changes) {
    return asOneBatch(changes, database.application());
  }

  List<Waiting> asOneBatch(List<Change> changes, DataSource source) {
    List<Waiting> waiting = changes.stream().map(Waiting::new).toList();
    BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(waiting);
    new Poster(queue, new Session(source, () -> true), () -> true, newMeters()).run();
    return waiting;
  }

  List<Outcome> outcomesOfOneBatch(List<Change> changes) {
    return asOneBatch(changes).stream().map(each -> each.answer().join()).toList();
  }

  long total(long account) {
    return accounts.balance(account).orElseThrow().total().fen();
  }

  long frozen(long account) {
    return accounts.balance(account).orElseThrow().frozen().fen();
  }

  /** How often a batch was tried again for one reason. */
  double retries(String why) {
    return meters.stream()
        .flatMap(each -> each.find("ledger.retries").tag("why", why).counters().stream())
        .mapToDouble(Counter::count)
        .sum();
  }

  /** How many changes wait for the first ledger. */
  double waiting() {
    return meters.getFirst().get("ledger.queue.changes").gauge().value();
  }

  AuditReport audit() {
    return new Audit(database.application(), LedgerInvariants.all()).run();
  }

  /** Stops posting and leaves the database. */
  void stop() {
    ledgers.forEach(PostingLedger::close);
    assertThat(audit().violations()).isEmpty();
  }

  @Override
  public void close() {
    stop();
    database.close();
  }

  private MeterRegistry newMeters() {
    MeterRegistry own = new SimpleMeterRegistry();
    meters.add(own);
    return own;
  }

  private static Outcome now(Future<Outcome> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
