package io.tongbao.ledger;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Set;

/** What an error of the database is worth: trying again on another connection, or on the same. */
enum Trouble {
  /** Another poster committed one of the keys meanwhile: now it will be seen. */
  OVERTAKEN,
  /** The connection, or the server behind it, is gone. */
  CONNECTION,
  /** A deadlock, a serialization failure, a lock not had in time: the same may succeed now. */
  CONTENTION,
  /** The day in which the transaction began was closed meanwhile: the next one has a new date. */
  CLOSED_DAY,
  /** It would fail again. */
  LASTING;

  private static final Set<String> CONTENTIONS = Set.of("40001", "40P01", "55P03");

  static Trouble of(Exception e) {
    return switch (e) {
      case Batch.Overtaken overtaken -> OVERTAKEN;
      case SQLException sql -> of(sql);
      case Exception other -> LASTING;
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Trouble of(SQLException e) {
    if (e instanceof SQLTransientConnectionException
        || e instanceof SQLNonTransientConnectionException) {
      return CONNECTION;
    }
    String state = e.getSQLState();
    if (state == null) {
      return LASTING;
    }
    // 08 connection, 57P0x shut down or crashed, 53300 too many connections, 25P03 idle too long.
    if (state.startsWith("08")
        || state.startsWith("57P0")
        || state.equals("53300")
        || state.equals("25P03")) {
      return CONNECTION;
    }
    if (state.equals("TB001")) {
      return CLOSED_DAY;
    }
    return CONTENTIONS.contains(state) ? CONTENTION : LASTING;
  }
}
