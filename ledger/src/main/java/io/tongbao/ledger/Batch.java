package io.tongbao.ledger;

import io.tongbao.ledger.Book.Ruling;
import io.tongbao.ledger.Outcome.Committed;
import io.tongbao.ledger.Outcome.Conflict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One database transaction with the changes of many callers, up to but without its commit.
 *
 * <p>It is tried the fast way first: judge all, write set-wise, send the row writes in groups.
 * Where a row write fails, nobody can say whose fault it was without knowing which changes before
 * it stand. So the batch is then done the careful way: change after change in arrival order, each
 * row write behind a savepoint; only the guilty ones fall out.
 */
final class Batch {
  private final Session session;
  private final Connection connection;
  private final List<Change> changes;
  private final @Nullable Verdict[] verdicts;
  private final List<Accepted> accepted = new ArrayList<>();

  private Batch(Session session, List<Change> changes) throws SQLException {
    this.session = session;
    this.connection = session.open(changes.size());
    this.changes = changes;
    this.verdicts = new Verdict[changes.size()];
  }

  /** A row write did not hit exactly one row: do it again the careful way. */
  static final class Stumbled extends Exception {
    Stumbled() {
      super(null, null, false, false);
    }
  }

  /** Another poster committed one of the keys meanwhile: do it again. */
  static final class Overtaken extends Exception {
    Overtaken() {
      super(null, null, false, false);
    }
  }

  static List<Verdict> fast(Session session, List<Change> changes)
      throws SQLException, Stumbled, Overtaken {
    Batch batch = new Batch(session, changes);
    Book book = batch.read();
    for (int i = 0; i < changes.size(); i++) {
      batch.judge(book, i);
    }
    BookWriter.write(batch.connection, book, batch.accepted);
    if (!RowWrites.hitAll(batch.connection, batch.accepted)) {
      throw new Stumbled();
    }
    return batch.verdicts();
  }

  static List<Verdict> careful(Session session, List<Change> changes)
      throws SQLException, Overtaken {
    Batch batch = new Batch(session, changes);
    Book book = batch.read();
    for (int i = 0; i < changes.size(); i++) {
      batch.judgeAndWriteRows(book, i);
    }
    BookWriter.write(batch.connection, book, batch.accepted);
    return batch.verdicts();
  }

  private Book read() throws SQLException {
    Script script = new Script();
    session.mark(script);
    return BookReader.read(connection, script, changes);
  }

  private void judge(Book book, int index) {
    Change change = changes.get(index);
    switch (book.judge(change)) {
      case Ruling.Answered(Outcome outcome) -> verdicts[index] = new Verdict.Answer(outcome);
      case Ruling.Accepted(Page page) -> accept(book, index, page);
    }
  }

  private void judgeAndWriteRows(Book book, int index) throws SQLException {
    Change change = changes.get(index);
    Savepoint before = connection.setSavepoint();
    try {
      switch (book.judge(change)) {
        case Ruling.Answered(Outcome outcome) -> verdicts[index] = new Verdict.Answer(outcome);
        case Ruling.Accepted(Page page) -> {
          String miss = RowWrites.miss(connection, change);
          if (miss == null) {
            accept(book, index, page);
          } else {
            connection.rollback(before);
            verdicts[index] = new Verdict.Answer(new Conflict(miss));
          }
        }
      }
    } catch (SQLException | RuntimeException e) {
      if (e instanceof SQLException sql && Trouble.of(sql) != Trouble.LASTING) {
        throw e;
      }
      connection.rollback(before);
      verdicts[index] = new Verdict.Fault(e);
    }
    connection.releaseSavepoint(before);
  }

  private void accept(Book book, int index, Page page) {
    Change change = changes.get(index);
    boolean nameless = change.key() == null && change.movements().isEmpty();
    long transaction = nameless ? 0 : session.nextId();
    book.accept(change, page, transaction);
    accepted.add(new Accepted(change, page, transaction));
    verdicts[index] = new Verdict.Answer(new Committed(transaction, false));
  }

  private List<Verdict> verdicts() {
    return List.of(Arrays.copyOf(verdicts, verdicts.length));
  }
}
