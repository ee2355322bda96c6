package io.tongbao.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Audit;
import io.tongbao.ledger.AuditReport;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.LedgerInvariants;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.PostingLedger;
import io.tongbao.ledger.RowWrite;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Payments through the ledger's Java interface, in a database of their own: payer, receiver and a
 * fee account, each with a row of an order. In the hot variant all fees meet in one account; in the
 * uniform one every payer has a fee account of its own.
 *
 * @param hot all fees in one account
 * @param uniform fees spread
 * @param crowd hot, with four times as many callers: they fill the batches
 * @param work the processor time of all three
 */
record LedgerPayments(Rate hot, Rate uniform, Rate crowd, Work work) {
  /** As many as fit into one batch. */
  static final int CROWD = 4 * Options.THREADS;

  private static final String DATABASE = "bench_ledger";
  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
  private static final int MEMBERS = 1_000;
  private static final long CLEARING = 1;
  private static final long FIRST_FEE = 10_000;
  private static final long FIRST_MEMBER = 20_000;
  private static final long PLENTY = 1_000_000_000;
  private static final int AT_A_TIME = 100;

  /** As the server has it. */
  private static final int POSTERS = 1;

  private static final String PURCHASE =
      "INSERT INTO purchase (id, merchant_id, number, amount, state) VALUES (?, ?, ?, ?, ?)";

  static LedgerPayments run(Platform platform, Options options) {
    Postgres postgres = platform.database();
    postgres.create(DATABASE, "tongbao");
    DataSource owner = postgres.source(DATABASE, "tongbao", "");
    Flyway.configure().dataSource(owner).locations("classpath:db/ledger").load().migrate();
    prepare(owner);
    PGSimpleDataSource source = postgres.source(DATABASE, "tongbao", "-c role=tongbao_app");
    source.setReWriteBatchedInserts(true); // as the server has it
    try (PostingLedger ledger = new PostingLedger(source, new SimpleMeterRegistry(), POSTERS)) {
      open(ledger);
      pay(ledger, Options.THREADS, options.warmUp(), "warm", MEMBERS);
      Phases phases = new Phases(platform, ledger, options);
      Rate hot = phases.measure(Options.THREADS, "hot", 1);
      Rate uniform = phases.measure(Options.THREADS, "uniform", MEMBERS);
      Rate crowd = phases.measure(CROWD, "crowd", 1);
      audit(source);
      return new LedgerPayments(hot, uniform, crowd, phases.work);
    }
  }

  private static void prepare(DataSource owner) {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE purchase (
            id bigint PRIMARY KEY, merchant_id int NOT NULL, number text NOT NULL,
            amount bigint NOT NULL, state smallint NOT NULL, UNIQUE (merchant_id, number));
          GRANT ALL ON purchase TO tongbao_app
          """);
    } catch (SQLException e) {
      throw new BenchFailed("the ledger's database cannot be prepared", e);
    }
  }

  private static void open(PostingLedger ledger) {
    require(
        ledger.commit(
            Change.at(NOON)
                .write(Accounts.opening(CLEARING, 1, 0, "clearing", Accounts.NO_FLOOR))
                .build()));
    for (int first = 0; first < MEMBERS; first += AT_A_TIME) {
      Change.Builder opening = Change.at(NOON);
      List<Leg> legs = new ArrayList<>();
      for (int i = first; i < first + AT_A_TIME; i++) {
        long owner = FIRST_MEMBER + i;
        opening.write(Accounts.opening(owner, 1, owner, "200001", 0));
        opening.write(Accounts.opening(FIRST_FEE + i, 1, FIRST_FEE + i, "100001", 0));
        legs.add(new Leg(CLEARING, -PLENTY));
        legs.add(new Leg(owner, PLENTY));
      }
      require(ledger.commit(opening.build()));
      require(ledger.commit(Change.at(NOON).move(new Movement.Post(legs)).build()));
    }
  }

  /** Payments of all phases. */
  long count() {
    return hot.count() + uniform.count() + crowd.count();
  }

  /** What is measured one after the other. */
  private static final class Phases {
    private final Platform platform;
    private final PostingLedger ledger;
    private final Options options;
    private Work work = Work.NONE;

    Phases(Platform platform, PostingLedger ledger, Options options) {
      this.platform = platform;
      this.ledger = ledger;
      this.options = options;
    }

    Rate measure(int callers, String label, int fees) {
      pay(ledger, callers, Math.min(options.warmUp(), 3), "warm-" + label, fees);
      platform.database().settle();
      Work before = Work.of(platform);
      Rate rate = pay(ledger, callers, options.seconds(), label, fees);
      work = work.and(Work.of(platform).since(before));
      return rate;
    }
  }

  private static Rate pay(PostingLedger ledger, int callers, int seconds, String label, int fees) {
    return Load.during(
        callers,
        seconds,
        thread -> {
          SplittableRandom random = new SplittableRandom(thread);
          int[] count = new int[1];
          return () -> {
            String number = label + "-" + thread + "-" + count[0]++;
            require(ledger.commit(payment(random, number, fees)));
            return true;
          };
        });
  }

  private static Change payment(SplittableRandom random, String number, int fees) {
    int payer = random.nextInt(MEMBERS);
    int receiver = (payer + 1 + random.nextInt(MEMBERS - 1)) % MEMBERS;
    long id = Ids.next();
    List<Leg> legs =
        List.of(
            new Leg(FIRST_MEMBER + payer, -100),
            new Leg(FIRST_MEMBER + receiver, 99),
            new Leg(FIRST_FEE + payer % fees, 1));
    return Change.at(NOON)
        .key(new Change.Key(1, "consume", number, id, Bytes.utf8(number).sha256()))
        .move(new Movement.Post(legs))
        .write(RowWrite.of("order", PURCHASE, id, 1, number, 100L, 4))
        .build();
  }

  private static void require(Outcome outcome) {
    if (!(outcome instanceof Outcome.Committed)) {
      throw new BenchFailed("the ledger answered " + outcome);
    }
  }

  private static void audit(DataSource source) {
    AuditReport report = new Audit(source, LedgerInvariants.all()).run();
    if (!report.passed()) {
      throw new BenchFailed("the ledger's audit found " + report.violations());
    }
  }
}
