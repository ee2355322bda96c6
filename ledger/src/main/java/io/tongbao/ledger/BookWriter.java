package io.tongbao.ledger;

import io.tongbao.ledger.Batch.Overtaken;
import io.tongbao.ledger.Page.HoldMove;
import io.tongbao.ledger.Page.Line;
import io.tongbao.ledger.Page.Opening;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Stores what was accepted, each table with one statement, however many changes there are. */
final class BookWriter {
  private record EntryRow(Accepted change, int leg, Line line) {}

  private record OpeningRow(Accepted change, Opening opening) {}

  private record MoveRow(Accepted change, HoldMove move) {}

  private record LockRow(Accepted change, AccountState account) {}

  private static final String KEY = "ledger_txn_key";
  private static final String TRANSACTIONS =
      """
      INSERT INTO ledger_txn
        (id, merchant_id, kind, number, order_id, fingerprint, booked_at, legs, moves)
      SELECT * FROM unnest(?::bigint[], ?::int[], ?::text[], ?::text[], ?::bigint[], ?::bytea[],
                           ?::timestamptz[], ?::int[], ?::int[])\
      """;
  private static final String ENTRIES =
      """
      INSERT INTO entry
        (txn_id, leg, account_id, merchant_id, amount, version, balance_after, frozen_after,
         booked_at, remark)
      SELECT * FROM unnest(?::bigint[], ?::int[], ?::bigint[], ?::int[], ?::bigint[], ?::bigint[],
                           ?::bigint[], ?::bigint[], ?::timestamptz[], ?::text[])\
      """;
  private static final String OPENINGS =
      """
      INSERT INTO hold
        (id, account_id, merchant_id, order_id, purpose, amount, remaining, booked_at)
      SELECT d.id, d.account_id, d.merchant_id, d.order_id, d.purpose, d.amount, d.amount, d.at
        FROM unnest(?::bigint[], ?::bigint[], ?::int[], ?::bigint[], ?::text[], ?::bigint[],
                    ?::timestamptz[])
          AS d (id, account_id, merchant_id, order_id, purpose, amount, at)\
      """;
  private static final String MOVES =
      """
      INSERT INTO hold_move
        (txn_id, hold_id, account_id, kind, amount, frozen_after, remaining_after, booked_at)
      SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[],
                           ?::bigint[], ?::bigint[], ?::timestamptz[])\
      """;
  private static final String LOCKS =
      """
      INSERT INTO account_lock (txn_id, account_id, locked, version, booked_at)
      SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::boolean[], ?::bigint[], ?::timestamptz[])\
      """;
  private static final String ACCOUNTS =
      """
      UPDATE account a
         SET balance = d.balance, frozen = d.frozen, version = d.version, locked = d.locked
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::boolean[])
          AS d (id, balance, frozen, version, locked)
       WHERE a.id = d.id\
      """;
  private static final String HOLDS =
      """
      UPDATE hold h SET remaining = d.remaining
        FROM unnest(?::bigint[], ?::bigint[]) AS d (id, remaining)
       WHERE h.id = d.id\
      """;

  private static final Comparator<Accepted> BY_KEY =
      Comparator.comparing(
          accepted -> accepted.change().key(),
          Comparator.nullsFirst(
              Comparator.comparingInt(Change.Key::merchant)
                  .thenComparing(Change.Key::kind)
                  .thenComparing(Change.Key::number)));

  private final Book book;
  private final List<Accepted> all;
  private final Script script = new Script();

  private BookWriter(Book book, List<Accepted> all) {
    this.book = book;
    this.all = all;
  }

  /** Writes everything except the row writes. */
  static void write(Connection connection, Book book, List<Accepted> all)
      throws SQLException, Overtaken {
    BookWriter writer = new BookWriter(book, all);
    writer.transactions();
    writer.entries();
    writer.openings();
    writer.moves();
    writer.locks();
    writer.accounts();
    writer.holds();
    try {
      writer.script.run(connection);
    } catch (PSQLException e) {
      ServerErrorMessage message = e.getServerErrorMessage();
      if (message != null && KEY.equals(message.getConstraint())) {
        throw new Overtaken();
      }
      throw e;
    }
  }

  /**
   * In the order of the keys, so that two posters with the same ones wait, and do not deadlock.
   * That a key is there already is rare, as the batch has just looked: so this is no upsert, which
   * costs each row a second journal record.
   */
  private void transactions() {
    List<Accepted> rows =
        all.stream().filter(each -> each.transaction() != 0).sorted(BY_KEY).toList();
    script.write(TRANSACTIONS, transactions(rows));
  }

  private static Columns<Accepted> transactions(List<Accepted> rows) {
    return Columns.of(rows)
        .longs(Accepted::transaction)
        .ints(Accepted::merchant)
        .texts(each -> each.key(Change.Key::kind))
        .texts(each -> each.key(Change.Key::number))
        .longs(Accepted::order)
        .bytes(each -> each.key(key -> key.fingerprint().toArray()))
        .texts(Accepted::at)
        .ints(each -> each.page().lines.size())
        .ints(each -> each.page().moves.size());
  }

  private void entries() throws SQLException {
    List<EntryRow> rows = new ArrayList<>();
    for (Accepted each : all) {
      int leg = 0;
      for (Line line : each.page().lines) {
        rows.add(new EntryRow(each, ++leg, line));
      }
    }
    script.write(
        ENTRIES,
        Columns.of(rows)
            .longs(row -> row.change().transaction())
            .ints(EntryRow::leg)
            .longs(row -> row.line().after().id())
            .ints(row -> row.line().after().merchant())
            .longs(row -> row.line().amount())
            .longs(row -> row.line().after().version())
            .longs(row -> row.line().after().balance())
            .longs(row -> row.line().after().frozen())
            .texts(row -> row.change().at())
            .texts(row -> row.line().remark()));
  }

  private void openings() throws SQLException {
    List<OpeningRow> rows = new ArrayList<>();
    for (Accepted each : all) {
      each.page().openings.forEach(opening -> rows.add(new OpeningRow(each, opening)));
    }
    script.write(
        OPENINGS,
        Columns.of(rows)
            .longs(row -> row.opening().freeze().hold())
            .longs(row -> row.opening().freeze().account())
            .ints(row -> row.opening().merchant())
            .longs(row -> row.opening().freeze().order())
            .texts(row -> row.opening().freeze().purpose())
            .longs(row -> row.opening().freeze().amount())
            .texts(row -> row.change().at()));
  }

  private void moves() throws SQLException {
    List<MoveRow> rows = new ArrayList<>();
    for (Accepted each : all) {
      each.page().moves.forEach(move -> rows.add(new MoveRow(each, move)));
    }
    script.write(
        MOVES,
        Columns.of(rows)
            .longs(row -> row.change().transaction())
            .longs(row -> row.move().hold())
            .longs(row -> row.move().account())
            .texts(row -> row.move().kind())
            .longs(row -> row.move().amount())
            .longs(row -> row.move().frozenAfter())
            .longs(row -> row.move().remainingAfter())
            .texts(row -> row.change().at()));
  }

  private void locks() throws SQLException {
    List<LockRow> rows = new ArrayList<>();
    for (Accepted each : all) {
      each.page().locks.forEach(account -> rows.add(new LockRow(each, account)));
    }
    script.write(
        LOCKS,
        Columns.of(rows)
            .longs(row -> row.change().transaction())
            .longs(row -> row.account().id())
            .booleans(row -> row.account().locked())
            .longs(row -> row.account().version())
            .texts(row -> row.change().at()));
  }

  private void accounts() throws SQLException {
    Set<AccountState> rows = new HashSet<>();
    for (Accepted each : all) {
      each.page().accounts.keySet().forEach(id -> rows.add(book.account(id)));
    }
    script.write(
        ACCOUNTS,
        Columns.of(rows)
            .longs(AccountState::id)
            .longs(AccountState::balance)
            .longs(AccountState::frozen)
            .longs(AccountState::version)
            .booleans(AccountState::locked));
  }

  private void holds() throws SQLException {
    Set<HoldState> rows = new HashSet<>();
    for (Accepted each : all) {
      for (HoldMove move : each.page().moves) {
        if (!move.kind().equals(Page.FREEZE)) {
          rows.add(book.hold(move.hold()));
        }
      }
    }
    script.write(HOLDS, Columns.of(rows).longs(HoldState::id).longs(HoldState::remaining));
  }
}
