package io.tongbao.server.payment;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.recon.LineBook;
import io.tongbao.server.recon.Totals;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** A day with very many payouts, and a book that looks how much memory its file takes. */
final class LongDay {
  static final int PAYOUTS = 100_000;

  private static final int LOOK_EVERY = 20_000;

  private LongDay() {}

  /** Payouts that were refused for their data: they have a path, and moved no money. */
  static void insert(Dealer dealer, LocalDate day) {
    Timestamp from = Timestamp.from(BeijingTime.startOf(day));
    int merchant = dealer.merchant().id();
    for (String sql :
        List.of(
            """
            INSERT INTO payout_number (merchant_id, number, kind)
            SELECT ?, 'long' || n, 'PAYOUT' FROM generate_series(1, ?) AS n
            WHERE ?::timestamptz IS NOT NULL AND ?::bigint IS NOT NULL
            """,
            """
            INSERT INTO payout (merchant_id, id, number, ref, channel, broker_id, pay, fee, status,
              detail, due_at, payee, payee_index, person_index, name_mask, account_mask,
              fingerprint, queued, created_at, finished_at)
            SELECT m, n, 'long' || n, m || 'r' || n, 'BANKCARD', b, 19500, 1365, 2, 265, t, '\\x00',
              '\\x00', '\\x00', '张**', '6228*****52416', '\\x00', false, t + n * interval '1 ms', t
            FROM (SELECT ?::int AS m, n, ?::int, ?::timestamptz AS t, ?::bigint AS b
                  FROM generate_series(1, %d) AS n) s
            """
                .formatted(PAYOUTS),
            """
            INSERT INTO payout_event (merchant_id, payout_id, seq, from_status, to_status, detail,
              cause, told, at)
            SELECT m, n, seq, CASE seq WHEN 2 THEN 0 END, CASE seq WHEN 1 THEN 0 ELSE 2 END,
              CASE seq WHEN 1 THEN 0 ELSE 265 END, 'test', false, t + n * interval '1 ms'
            FROM (SELECT ?::int AS m, n, ?::int, ?::timestamptz AS t, ?::bigint AS b
                  FROM generate_series(1, %d) AS n) s, generate_series(1, 2) AS seq
            """
                .formatted(PAYOUTS))) {
      dealer.jdbc.sql(sql).params(merchant, PAYOUTS, from, dealer.broker().id()).update();
    }
  }

  /** So that the audits of other tests need not look through it. */
  static void remove(Dealer dealer) {
    for (String table :
        List.of("line_file_row", "line_file", "payout_event", "payout", "payout_number")) {
      dealer
          .jdbc
          .sql("DELETE FROM " + table + " WHERE merchant_id = ?")
          .param(dealer.merchant().id())
          .update();
    }
  }

  /** Looks now and then how much is alive. */
  static final class Watched implements LineBook {
    private final LineBook book;
    private long before;
    private long most;
    private int seen;

    Watched(LineBook book) {
      this.book = book;
    }

    /** How much more was alive while the lines were written than before, in bytes. */
    long growth() {
      return most - before;
    }

    @Override
    public Totals write(Connection snapshot, Merchant merchant, LocalDate day, Sink sink)
        throws SQLException, IOException {
      before = alive();
      return book.write(
          snapshot,
          merchant,
          day,
          line -> {
            sink.line(line);
            if (seen++ % LOOK_EVERY == LOOK_EVERY / 2) {
              most = Math.max(most, alive());
            }
          });
    }

    private static long alive() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public Totals journal(Connection snapshot, Merchant merchant, LocalDate day)
        throws SQLException {
      return book.journal(snapshot, merchant, day);
    }

    @Override
    public Face face() {
      return book.face();
    }

    @Override
    public String kind() {
      return book.kind();
    }

    @Override
    public List<LocalTime> cuts() {
      return book.cuts();
    }

    @Override
    public String name(Merchant merchant, LocalDate day) {
      return book.name(merchant, day);
    }

    @Override
    public Optional<LocalDate> firstDay(Merchant merchant) {
      return book.firstDay(merchant);
    }

    @Override
    public List<String> columns() {
      return book.columns();
    }
  }
}
