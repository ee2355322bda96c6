package io.tongbao.ledger;

import io.tongbao.kernel.Bytes;
import io.tongbao.ledger.Movement.Capture;
import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Lock;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Movement.Unfreeze;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
  private static final String KEYS =
      """
      SELECT t.merchant_id, t.kind, t.number, t.id, t.fingerprint
        FROM unnest(?::int[], ?::text[], ?::text[]) AS k (merchant_id, kind, number)
        JOIN ledger_txn t USING (merchant_id, kind, number)\
      """;

  private final Set<Long> accounts = new HashSet<>();
  private final Set<Long> holds = new HashSet<>();
  private final Set<Book.Name> keys = new HashSet<>();

  private BookReader() {}

  static Book read(Connection connection, List<Change> changes) throws SQLException {
    BookReader reader = new BookReader();
    changes.forEach(reader::note);
    Book book = new Book();
    reader.readAccounts(connection, book);
    reader.readHolds(connection, book);
    reader.readKeys(connection, book);
    return book;
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

  private void readAccounts(Connection connection, Book book) throws SQLException {
    if (accounts.isEmpty() && holds.isEmpty()) {
      return;
    }
    String sql = holds.isEmpty() ? ACCOUNTS : ACCOUNTS_WITH_HOLDS;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, array(accounts));
      if (!holds.isEmpty()) {
        select.setObject(2, array(holds));
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          book.accounts.put(row.getLong(1), account(row));
        }
      }
    }
  }

  private static AccountState account(ResultSet row) throws SQLException {
    return new AccountState(
        row.getLong(1),
        row.getInt(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getBoolean(7));
  }

  private void readHolds(Connection connection, Book book) throws SQLException {
    if (holds.isEmpty()) {
      return;
    }
    try (PreparedStatement select = connection.prepareStatement(HOLDS)) {
      select.setObject(1, array(holds));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          HoldState hold = new HoldState(row.getLong(1), row.getLong(2), row.getLong(3));
          book.holds.put(hold.id(), hold);
        }
      }
    }
  }

  private void readKeys(Connection connection, Book book) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    List<Book.Name> names = new ArrayList<>(keys);
    try (PreparedStatement select = connection.prepareStatement(KEYS)) {
      select.setObject(1, names.stream().mapToInt(Book.Name::merchant).toArray());
      select.setObject(2, names.stream().map(Book.Name::kind).toArray(String[]::new));
      select.setObject(3, names.stream().map(Book.Name::number).toArray(String[]::new));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Book.Name name = new Book.Name(row.getInt(1), row.getString(2), row.getString(3));
          book.keys.put(name, new Book.Done(row.getLong(4), Bytes.of(row.getBytes(5))));
        }
      }
    }
  }

  private static long[] array(Set<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).sorted().toArray();
  }
}
