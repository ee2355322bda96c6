package io.tongbao.ledger;

import io.tongbao.kernel.Bytes;
import io.tongbao.ledger.Movement.Capture;
import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Lock;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Movement.Unfreeze;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Locks the accounts that a batch names, in the order of their ids, and reads them, their holds and
 * the batch's keys. The lock of an account also guards its holds. Keys are read after the locks, so
 * that a change which another poster committed meanwhile is seen.
 */
final class BookReader {
  private static final String ACCOUNTS =
      """
      SELECT id, merchant_id, balance, frozen, floor, version, locked
        FROM account
       WHERE id = ANY (?)
       ORDER BY id FOR NO KEY UPDATE\
      """;
  private static final String ACCOUNTS_WITH_HOLDS =
      """
      SELECT id, merchant_id, balance, frozen, floor, version, locked
        FROM account
       WHERE id = ANY (?::bigint[] || ARRAY(SELECT account_id FROM hold WHERE id = ANY (?)))
       ORDER BY id FOR NO KEY UPDATE\
      """;
  private static final String HOLDS =
      "SELECT id, account_id, remaining FROM hold WHERE id = ANY (?)";
  // LIMIT keeps the planner from joining: one look into the unique index per key is the best way.
  // The arrays stand in queries of their own so that it does not count them: else the plan for any
  // number of keys never seems cheaper than the one for these, and each batch is planned anew.
  private static final String KEYS =
      """
      SELECT k.merchant_id, k.kind, k.number, t.id, t.fingerprint
        FROM unnest((SELECT ?::int[]), (SELECT ?::text[]), (SELECT ?::text[]))
               AS k (merchant_id, kind, number),
             LATERAL (SELECT id, fingerprint FROM ledger_txn
                       WHERE merchant_id = k.merchant_id AND kind = k.kind AND number = k.number
                       LIMIT 1) t
      """;

  private final Set<Long> accounts = new HashSet<>();
  private final Set<Long> holds = new HashSet<>();
  private final Set<Book.Name> keys = new HashSet<>();

  private final Book book = new Book();

  private BookReader() {}

  /** Reads after what {@code script} already says. */
  static Book read(Connection connection, Script script, List<Change> changes) throws SQLException {
    BookReader reader = new BookReader();
    changes.forEach(reader::note);
    reader.readAccounts(script);
    reader.readHolds(script);
    reader.readKeys(script);
    script.run(connection);
    return reader.book;
  }

  private void note(Change change) {
    Change.Key key = change.key();
    if (key != null) {
      keys.add(Book.Name.of(key));
    }
    change.movements().forEach(this::note);
  }

  private void note(Movement movement) {
    switch (movement) {
      case Post post -> post.legs().forEach(this::note);
      case Freeze freeze -> {
        accounts.add(freeze.account());
        holds.add(freeze.hold());
      }
      case Unfreeze unfreeze -> holds.add(unfreeze.hold());
      case Capture capture -> {
        holds.add(capture.hold());
        capture.legs().forEach(this::note);
      }
      case Lock lock -> accounts.add(lock.account());
    }
  }

  private void note(Leg leg) {
    accounts.add(leg.account());
  }

  private void readAccounts(Script script) {
    if (!holds.isEmpty()) {
      script.select(ACCOUNTS_WITH_HOLDS, this::account, array(accounts), array(holds));
    } else if (!accounts.isEmpty()) {
      script.select(ACCOUNTS, this::account, (Object) array(accounts));
    }
  }

  private void readHolds(Script script) {
    if (!holds.isEmpty()) {
      script.select(HOLDS, this::hold, (Object) array(holds));
    }
  }

  private void readKeys(Script script) {
    if (keys.isEmpty()) {
      return;
    }
    List<Book.Name> names = new ArrayList<>(keys);
    script.select(
        KEYS,
        this::key,
        names.stream().mapToInt(Book.Name::merchant).toArray(),
        names.stream().map(Book.Name::kind).toArray(String[]::new),
        names.stream().map(Book.Name::number).toArray(String[]::new));
  }

  private void account(ResultSet row) throws SQLException {
    AccountState account =
        new AccountState(
            row.getLong(1),
            row.getInt(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getBoolean(7));
    book.accounts.put(account.id(), account);
  }

  private void hold(ResultSet row) throws SQLException {
    HoldState hold = new HoldState(row.getLong(1), row.getLong(2), row.getLong(3));
    book.holds.put(hold.id(), hold);
  }

  private void key(ResultSet row) throws SQLException {
    Book.Name name = new Book.Name(row.getInt(1), row.getString(2), row.getString(3));
    book.keys.put(name, new Book.Done(row.getLong(4), Bytes.of(row.getBytes(5))));
  }

  private static long[] array(Set<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).sorted().toArray();
  }
}
