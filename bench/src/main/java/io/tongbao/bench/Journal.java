package io.tongbao.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.EntryMonths;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.PostingLedger;
import io.tongbao.ledger.RowWrite;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Two months of a merchant of its own in a platform's database: purchases with their order, its
 * path, what it was paid with and its notice, each posted through the ledger in three entries; one
 * in twenty also holds money and lets it go. Then as many published lines of files.
 *
 * <p>The ledger dates what it writes with the moment at which it does. So afterwards the superuser
 * moves these dates to where the merchant's clock has them, and the days are closed.
 */
final class Journal {
  /** The last day is today. */
  static final int DAYS = 60;

  static final int LEGS = 3;

  private static final int MERCHANT = 1_000_000;
  private static final int MEMBERS = 10_000;
  private static final int HOLD_EVERY = 20;
  private static final int AT_A_TIME = 100;
  private static final long PLENTY = 1_000_000_000;
  private static final long PRICE = 100;
  private static final Duration SPAN = Duration.ofDays(DAYS).minusHours(12);
  private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
  private static final long ID_BASE = 5_000_000_000_000_000_000L;
  private static final long CLEARING = ID_BASE + 1;
  private static final long FEES = ID_BASE + 2;
  private static final long FIRST_MEMBER = ID_BASE + 1_000;

  private static final String ORDER =
      """
      INSERT INTO orders (merchant_id, id, kind, number, order_no, state, member_id, account,
        amount, fee, confirmation, back_url, fingerprint, created_at, expires_at, finished_at)
      VALUES (?, ?, 'PURCHASE', ?, ?, 'SUCCEEDED', ?, ?, ?, 1, 'NONE', 'https://bench.invalid/', ?,
        ?, ?, ?)\
      """;
  private static final String PART =
      """
      INSERT INTO order_part (merchant_id, order_id, seq, way, account, amount)
      VALUES (?, ?, 1, 'BALANCE', ?, ?)\
      """;
  private static final String EVENT =
      """
      INSERT INTO order_event (merchant_id, order_id, seq, from_state, to_state, cause, at)
      VALUES (?, ?, ?, ?, ?, 'bench', ?)\
      """;
  private static final String NOTICE =
      """
      INSERT INTO notice_done (merchant_id, id, event, subject, endpoint_id, url, facts,
        happened_at, outcome, attempts, finished_at)
      VALUES (?, ?, 'escrow.order', ?, 1, 'https://bench.invalid/', '{"status": "OK"}', ?,
        'DELIVERED', 1, ?)\
      """;
  private static final String ATTEMPT =
      """
      INSERT INTO notice_attempt (merchant_id, notice_id, attempt, scheduled, began_at, ended_at,
        millis, answer)
      VALUES (?, ?, 1, true, ?, ?, 5, 'OK')\
      """;

  private static final List<String> DATED =
      List.of(
          "entry SET created_at = booked_at",
          "ledger_txn SET created_at = booked_at",
          "hold SET created_at = booked_at",
          "notice_done SET created_at = happened_at",
          "notice_attempt SET created_at = began_at",
          "hold_move SET created_at = h.booked_at FROM hold h WHERE h.id = hold_id AND h");

  private final Ledger ledger;
  private final Instant start;
  private final int payments;

  private Journal(Ledger ledger, Instant start, int payments) {
    this.ledger = ledger;
    this.start = start;
    this.payments = payments;
  }

  /** Fills the platform's database with that many payments. */
  static Rate fill(Postgres postgres, int payments) {
    PGSimpleDataSource source = postgres.source("tongbao", "tongbao", "-c role=tongbao_app");
    source.setReWriteBatchedInserts(true);
    Instant start = Instant.now().minus(SPAN);
    prepare(postgres.source("tongbao", "tongbao", ""), start);
    Rate rate;
    try (PostingLedger ledger = new PostingLedger(source, new SimpleMeterRegistry(), 1)) {
      Journal journal = new Journal(ledger, start, payments);
      journal.open();
      rate = journal.pay();
    }
    // Nobody else may change the journal: not even the owner of its tables.
    age(postgres.source("tongbao", "postgres", ""), payments);
    return rate;
  }

  private static void prepare(DataSource owner, Instant start) {
    try (Connection connection = owner.getConnection()) {
      EntryMonths.open(connection, YearMonth.from(start.atZone(BEIJING)), DAYS / 28 + 1);
    } catch (SQLException e) {
      throw new BenchFailed("the journal's months cannot be opened", e);
    }
  }

  private void open() {
    require(
        Change.at(start)
            .write(Accounts.opening(CLEARING, MERCHANT, 0, "clearing:BENCH", Accounts.NO_FLOOR))
            .write(Accounts.opening(FEES, MERCHANT, 0, "100001", 0))
            .build());
    for (int first = 0; first < MEMBERS; first += AT_A_TIME) {
      Change.Builder opening = Change.at(start);
      List<Leg> legs = new ArrayList<>();
      for (int i = first; i < first + AT_A_TIME; i++) {
        long account = FIRST_MEMBER + i;
        opening.write(Accounts.opening(account, MERCHANT, account, "200001", 0));
        legs.add(new Leg(CLEARING, -PLENTY));
        legs.add(new Leg(account, PLENTY));
      }
      require(opening.build());
      String number = "bench" + first;
      require(
          Change.at(start)
              .key(new Change.Key(MERCHANT, "sandbox.topup", number, 0, print(number)))
              .move(new Movement.Post(legs))
              .build());
    }
  }

  private Rate pay() {
    AtomicInteger next = new AtomicInteger();
    return Load.during(
        LedgerPayments.CROWD,
        Integer.MAX_VALUE,
        _ ->
            () -> {
              int mine = next.getAndIncrement();
              if (mine >= payments) {
                return false;
              }
              require(payment(mine));
              return true;
            });
  }

  private Change payment(int place) {
    SplittableRandom random = new SplittableRandom(place);
    int payer = random.nextInt(MEMBERS);
    long from = FIRST_MEMBER + payer;
    long to = FIRST_MEMBER + (payer + 1 + random.nextInt(MEMBERS - 1)) % MEMBERS;
    Instant at = start.plus(SPAN.dividedBy(payments).multipliedBy(place));
    long id = Ids.next();
    String number = "bench" + place;
    Change.Builder change =
        Change.at(at)
            .key(new Change.Key(MERCHANT, "purchase", number, id, print(number)))
            .move(
                new Movement.Post(
                    List.of(new Leg(from, -PRICE), new Leg(to, PRICE - 1), new Leg(FEES, 1))));
    if (place % HOLD_EVERY == 0) {
      long hold = Ids.next();
      change.move(new Movement.Freeze(hold, from, PRICE, 0, "bench"));
      change.move(new Movement.Unfreeze(hold, PRICE));
    }
    return change.writeAll(order(id, number, from, to, at)).build();
  }

  private static List<RowWrite> order(long id, String number, long from, long to, Instant at) {
    long notice = Ids.next();
    return List.of(
        RowWrite.of(
            "order",
            ORDER,
            MERCHANT,
            id,
            number,
            number,
            from,
            to,
            PRICE,
            print(number).toArray(),
            at,
            at.plusSeconds(600),
            at),
        RowWrite.of("part", PART, MERCHANT, id, from, PRICE),
        RowWrite.of("event", EVENT, MERCHANT, id, 1, null, "UNPAID", at),
        RowWrite.of("event", EVENT, MERCHANT, id, 2, "UNPAID", "SUCCEEDED", at),
        RowWrite.of("notice", NOTICE, MERCHANT, notice, id, at, at.plusSeconds(6)),
        RowWrite.of("attempt", ATTEMPT, MERCHANT, notice, at.plusSeconds(6), at.plusSeconds(6)));
  }

  private static void age(DataSource superuser, int lines) {
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      for (String table : DATED) {
        String which = table.contains("WHERE") ? "." : " WHERE ";
        statement.execute("UPDATE " + table + which + "merchant_id = " + MERCHANT);
      }
      statement.execute(
          """
          INSERT INTO line_file_row (merchant_id, kind, day, row_key, generation, digest, open)
          SELECT %d, 'bench', current_date - n / (%d / 90 + 1), 'bench' || n, 1,
                 substr(sha256(n::text::bytea), 1, 16), false
            FROM generate_series(0, %d - 1) AS n\
          """
              .formatted(MERCHANT, lines, lines));
      statement.execute(
          """
          INSERT INTO line_file (merchant_id, kind, day, generation, name, path, lines, bytes,
                                 totals, made_at)
          SELECT merchant_id, kind, day, 1, day::text, '', count(*), 0, '', now()
            FROM line_file_row WHERE merchant_id = %d GROUP BY merchant_id, kind, day\
          """
              .formatted(MERCHANT));
      statement.execute(
          """
          INSERT INTO merchant (id, face, code, name, state)
          VALUES (%d, 'escrow', 'bench', 'bench', 'closed')\
          """
              .formatted(MERCHANT));
      statement.execute("VACUUM (FULL, ANALYZE)");
    } catch (SQLException e) {
      throw new BenchFailed("the journal's days cannot be moved", e);
    }
  }

  private static Bytes print(String number) {
    return Bytes.utf8(number).sha256();
  }

  private void require(Change change) {
    if (!(ledger.commit(change) instanceof Outcome.Committed)) {
      throw new BenchFailed("the ledger refused a payment");
    }
  }
}
