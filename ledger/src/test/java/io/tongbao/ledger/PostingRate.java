package io.tongbao.ledger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Outcome.Committed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * A measurement to run by hand: payments of three legs (payer, receiver, the one fee account) with
 * an order row each. Arguments: threads, posters, seconds.
 */
final class PostingRate {
  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
  private static final int MEMBERS = 1000;
  private static final long FEE = 2;

  private PostingRate() {}

  public static void main(String[] arguments) throws Exception {
    int threads = Integer.parseInt(arguments[0]);
    int posters = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Database database = Database.empty();
        PostingLedger ledger = new PostingLedger(database.application(), meters, posters)) {
      open(database, ledger);
      measure(ledger, threads, Math.min(5, seconds), "warm");
      measure(ledger, threads, seconds, "rate");
      System.out.printf(
          "batch mean %.1f, batch time mean %.2f ms%n",
          meters.get("ledger.batch.changes").summary().mean(),
          meters.get("ledger.batch.commit").timer().mean(TimeUnit.MILLISECONDS));
      AuditReport report = new Audit(database.application(), LedgerInvariants.all()).run();
      System.out.println(report);
      pgbench(database.port(), threads, seconds);
    }
  }

  /** The yardstick: TPC-B with as many clients on the same server, right after. */
  private static void pgbench(int port, int clients, int seconds) throws Exception {
    String[] server = {"-h", "localhost", "-p", String.valueOf(port), "-U", "postgres", "postgres"};
    run(server, "pgbench", "-i", "-q", "-s", "10");
    run(server, "pgbench", "-c", "" + clients, "-j", "2", "-M", "prepared", "-T", "" + seconds);
  }

  private static void run(String[] server, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(server));
    new ProcessBuilder(all).redirectErrorStream(true).inheritIO().start().waitFor();
  }

  private static void open(Database database, PostingLedger ledger) {
    database.execute(
        """
        CREATE TABLE purchase (id bigint PRIMARY KEY, merchant_id int NOT NULL, number text NOT NULL,
          amount bigint NOT NULL, state smallint NOT NULL, UNIQUE (merchant_id, number));
        GRANT ALL ON purchase TO tongbao_app\
        """);
    Change.Builder opening = Change.at(NOON);
    opening.write(Accounts.opening(1, 1, 0, "clearing", Accounts.NO_FLOOR));
    opening.write(Accounts.opening(FEE, 1, 0, "fee", 0));
    List<Leg> legs = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      opening.write(Accounts.opening(1000 + i, 1, 1000 + i, "200001", 0));
      legs.add(new Leg(1, -1_000_000_000));
      legs.add(new Leg(1000 + i, 1_000_000_000));
    }
    ledger.commit(opening.build());
    ledger.commit(Change.at(NOON).move(new Post(legs)).build());
  }

  private static void measure(PostingLedger ledger, int threads, int seconds, String label)
      throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Future<long[]>> results = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < threads; i++) {
        SplittableRandom random = new SplittableRandom(i);
        String prefix = label + i + "-";
        Callable<long[]> caller = () -> pay(ledger, random, prefix, end);
        results.add(callers.submit(caller));
      }
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    LongStream all = LongStream.empty();
    for (Future<long[]> each : results) {
      all = LongStream.concat(all, Arrays.stream(each.get()));
    }
    long[] times = all.sorted().toArray();
    System.out.printf(
        "%s: %.0f payments/s, p50 %.2f ms, p99 %.2f ms%n",
        label, times.length / elapsed, at(times, 0.5), at(times, 0.99));
  }

  private static double at(long[] times, double share) {
    return times[(int) (times.length * share)] / 1e6;
  }

  private static long[] pay(
      PostingLedger ledger, SplittableRandom random, String prefix, long end) {
    LongStream.Builder times = LongStream.builder();
    for (int n = 0; System.nanoTime() < end; n++) {
      String number = prefix + n;
      long start = System.nanoTime();
      Outcome outcome = ledger.commit(payment(random, number));
      if (!(outcome instanceof Committed)) {
        throw new IllegalStateException(outcome.toString());
      }
      times.add(System.nanoTime() - start);
    }
    return times.build().toArray();
  }

  private static Change payment(SplittableRandom random, String number) {
    long payer = 1000L + random.nextInt(MEMBERS);
    long receiver = 1000 + (payer - 1000 + 1 + random.nextInt(MEMBERS - 1)) % MEMBERS;
    long id = Ids.next();
    Post post = new Post(List.of(new Leg(payer, -100), new Leg(receiver, 99), new Leg(FEE, 1)));
    return Change.at(NOON)
        .key(new Change.Key(1, "consume", number, id, Bytes.utf8(number).sha256()))
        .move(post)
        .write(
            RowWrite.of(
                "order",
                "INSERT INTO purchase (id, merchant_id, number, amount, state)"
                    + " VALUES (?, ?, ?, ?, ?)",
                id,
                1,
                number,
                100L,
                4))
        .build();
  }
}
