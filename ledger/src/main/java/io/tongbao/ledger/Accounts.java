package io.tongbao.ledger;

import io.tongbao.kernel.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The accounts: how they are opened, found and read. Reading locks nothing. */
public final class Accounts {
  /** The floor of an account that stands for the outside world, such as a channel's clearing. */
  public static final long NO_FLOOR = -1_000_000_000_000_000_000L;

  private static final String COLUMNS =
      "SELECT id, merchant_id, owner_id, set_no, balance, frozen, floor, version, locked FROM"
          + " account ";
  private static final String LINES =
      """
      SELECT e.txn_id, e.leg, e.booked_at, e.amount, e.balance_after, e.frozen_after,
             t.kind, t.number, t.order_id, e.remark
        FROM (SELECT * FROM entry
               WHERE account_id = ? AND booked_at >= ? AND booked_at < ?
               ORDER BY booked_at DESC, version DESC
              OFFSET ? LIMIT ?) e
        JOIN ledger_txn t ON t.id = e.txn_id
       ORDER BY e.booked_at DESC, e.version DESC
      """;
  private static final String COUNT =
      "SELECT count(*) FROM entry WHERE account_id = ? AND booked_at >= ? AND booked_at < ?";

  private final DataSource source;

  public Accounts(DataSource source) {
    this.source = source;
  }

  /**
   * The row write that opens an account; in conflict where the owner has that set already. Money
   * can move on it from the next change on.
   *
   * @param owner the member's row id; 0 for the application itself
   * @param floor fen; 0, or {@link #NO_FLOOR} for the outside world
   */
  public static RowWrite opening(long id, int merchant, long owner, String setNo, long floor) {
    return RowWrite.of(
        "account",
        "INSERT INTO account (id, merchant_id, owner_id, set_no, floor) VALUES (?, ?, ?, ?, ?)",
        id,
        merchant,
        owner,
        setNo,
        floor);
  }

  public Optional<Account> find(int merchant, long owner, String setNo) {
    return select("WHERE merchant_id = ? AND owner_id = ? AND set_no = ?", merchant, owner, setNo)
        .stream()
        .findFirst();
  }

  public Optional<Account> find(long account) {
    return select("WHERE id = ?", account).stream().findFirst();
  }

  /** All accounts of one owner, by set. */
  public List<Account> of(int merchant, long owner) {
    return select("WHERE merchant_id = ? AND owner_id = ? ORDER BY set_no", merchant, owner);
  }

  /** What an account holds; empty where there is no such account. */
  public Optional<Balance> balance(long account) {
    return find(account).map(Account::balance);
  }

  /**
   * Entries of an account from {@code from} to before {@code until} on the merchant's clock, newest
   * first.
   */
  public AccountStatement statement(
      long account, Instant from, Instant until, long offset, int limit) {
    Object[] period = {account, utc(from), utc(until)};
    Object[] page = {account, utc(from), utc(until), offset, limit};
    try (Connection connection = source.getConnection();
        PreparedStatement count = prepare(connection, COUNT, period);
        ResultSet total = count.executeQuery();
        PreparedStatement lines = prepare(connection, LINES, page);
        ResultSet row = lines.executeQuery()) {
      total.next();
      List<AccountStatement.Line> found = new ArrayList<>();
      while (row.next()) {
        found.add(line(row));
      }
      return new AccountStatement(total.getLong(1), found);
    } catch (SQLException e) {
      throw new LedgerFault("the statement cannot be read", e);
    }
  }

  private List<Account> select(String where, Object... parameters) {
    try (Connection connection = source.getConnection();
        PreparedStatement select = prepare(connection, COLUMNS + where, parameters);
        ResultSet row = select.executeQuery()) {
      List<Account> found = new ArrayList<>();
      while (row.next()) {
        found.add(account(row));
      }
      return found;
    } catch (SQLException e) {
      throw new LedgerFault("the account cannot be read", e);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getLong(1),
        row.getInt(2),
        row.getLong(3),
        row.getString(4),
        new Balance(Money.ofFen(row.getLong(5)), Money.ofFen(row.getLong(6))),
        row.getLong(7),
        row.getLong(8),
        row.getBoolean(9));
  }

  private static AccountStatement.Line line(ResultSet row) throws SQLException {
    return new AccountStatement.Line(
        row.getLong(1),
        row.getInt(2),
        row.getObject(3, OffsetDateTime.class).toInstant(),
        Money.ofFen(row.getLong(4)),
        Money.ofFen(row.getLong(5)),
        Money.ofFen(row.getLong(6)),
        row.getString(7),
        row.getString(8),
        row.getLong(9),
        row.getString(10));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
