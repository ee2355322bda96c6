package io.tongbao.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;

/**
 * The journal's partitions, one per month of Beijing time. An entry of a month without one goes
 * into the default partition, which is correct and only slower in the long run: so open months
 * ahead.
 */
public final class EntryMonths {
  private EntryMonths() {}

  /** Opens {@code count} months from {@code first} on; answers how many of them are new. */
  public static int open(Connection connection, YearMonth first, int count) throws SQLException {
    int opened = 0;
    try (PreparedStatement call = connection.prepareStatement("SELECT open_entry_month(?)")) {
      for (int i = 0; i < count; i++) {
        call.setObject(1, first.plusMonths(i).atDay(1));
        try (ResultSet row = call.executeQuery()) {
          row.next();
          opened += row.getBoolean(1) ? 1 : 0;
        }
      }
    }
    return opened;
  }
}
