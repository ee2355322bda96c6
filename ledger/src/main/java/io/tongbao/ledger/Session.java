package io.tongbao.ledger;

import io.tongbao.kernel.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A poster's session with the database, over lost connections. It numbers the batches, and each
 * batch writes its number into the poster's own row. So when the answer to a COMMIT is lost, that
 * row tells on the next connection whether it took place; reading it under a lock waits for a
 * COMMIT that is still on its way.
 */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** As the sequence {@code ledger_txn_block} says. */
  private static final int BLOCK = 1024;

  private final DataSource source;
  private final BooleanSupplier givingUp;
  private @Nullable Connection connection;
  private boolean registered;
  private long poster;
  private long batch;
  private long nextId;
  private long idsLeft;

  /**
   * @param givingUp whether an outcome that is still unknown may be left so
   */
  Session(DataSource source, BooleanSupplier givingUp) {
    this.source = source;
    this.givingUp = givingUp;
  }

  /**
   * A connection for a batch of at most {@code changes} changes. The batch must {@link #mark}
   * itself.
   */
  Connection open(int changes) throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = source.getConnection();
      connection = open;
      open.setAutoCommit(false);
    }
    if (!registered) {
      register(open);
    }
    if (idsLeft < changes) {
      reserveIds(open);
    }
    batch++;
    return open;
  }

  /** Writes the batch's number down, in the batch's own transaction. */
  void mark(Script script) {
    script.write(
        "UPDATE poster SET batch = ? WHERE id = ?",
        rows -> {
          if (rows != 1) {
            registered = false;
            throw new IllegalStateException("the poster's row is gone");
          }
        },
        batch,
        poster);
  }

  /** A ledger transaction's id that was never used before. */
  long nextId() {
    if (idsLeft-- <= 0) {
      throw new IllegalStateException("more ids taken than changes announced");
    }
    return nextId++;
  }

  /** Commits; returns only when the commit is certain, throws only when it did not take place. */
  void commit() throws SQLException {
    Connection open = connection;
    if (open == null) {
      throw new IllegalStateException("nothing begun");
    }
    try {
      open.commit();
    } catch (SQLException e) {
      close();
      if (!tookPlace()) {
        throw e;
      }
    }
  }

  /** Undoes what was begun; gives the connection up where that fails. */
  void rollback() {
    Connection open = connection;
    if (open == null) {
      return;
    }
    try {
      open.rollback();
    } catch (SQLException e) {
      LOG.debug("rollback failed", e);
      close();
    }
  }

  /** Ends for good: takes the poster's row away. */
  void end() {
    Connection open = connection;
    try {
      if (open != null && registered) {
        execute(open, "DELETE FROM poster WHERE id = ?");
        open.commit();
      }
    } catch (SQLException e) {
      LOG.debug("a poster's row stays", e);
    }
    close();
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      LOG.debug("close failed", e);
    }
  }

  /** A new row each time, so that no two posters ever share one. */
  private void register(Connection open) throws SQLException {
    poster = Ids.next();
    execute(open, "INSERT INTO poster (id, batch) VALUES (?, 0)");
    open.commit();
    registered = true;
  }

  private void execute(Connection open, String sql) throws SQLException {
    try (PreparedStatement statement = open.prepareStatement(sql)) {
      statement.setLong(1, poster);
      statement.executeUpdate();
    }
  }

  /** Its own commit makes the block durable: a sequence's value alone can be lost in a crash. */
  private void reserveIds(Connection open) throws SQLException {
    try (PreparedStatement select = open.prepareStatement("SELECT nextval('ledger_txn_block')");
        ResultSet row = select.executeQuery()) {
      row.next();
      nextId = row.getLong(1);
    }
    open.commit();
    idsLeft = BLOCK;
  }

  private boolean tookPlace() {
    while (true) {
      try (Connection fresh = source.getConnection()) {
        fresh.setAutoCommit(false);
        boolean found = lastBatch(fresh) == batch;
        fresh.rollback();
        LOG.warn("the answer to a commit was lost; it {}", found ? "took place" : "did not");
        return found;
      } catch (SQLException e) {
        if (givingUp.getAsBoolean()) {
          throw new LedgerFault("it is unknown whether the change was committed", e);
        }
        LOG.warn("cannot find out yet whether a commit took place: {}", e.getMessage());
        pause(100, 1000);
      }
    }
  }

  private long lastBatch(Connection fresh) throws SQLException {
    try (PreparedStatement select =
        fresh.prepareStatement("SELECT batch FROM poster WHERE id = ? FOR UPDATE")) {
      select.setLong(1, poster);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("the poster's row is gone");
        }
        return row.getLong(1);
      }
    }
  }

  /** Waits between {@code least} and {@code most} milliseconds. */
  static void pause(int least, int most) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(least, most));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
