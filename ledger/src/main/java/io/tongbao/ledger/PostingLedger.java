package io.tongbao.ledger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.ledger.Outcome.Reason;
import io.tongbao.ledger.Outcome.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;

/**
 * The ledger in PostgreSQL. Callers put their changes into a bounded queue and wait; posters commit
 * what gathered there, many changes to one database transaction, so that a row that everyone
 * touches (the fee account) is locked once per commit and not once per payment.
 *
 * <p>Several processes may post into one database: row locks, taken in one order, keep them apart.
 */
public final class PostingLedger implements Ledger, AutoCloseable {
  private static final int MOST_WAITING = 2048;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final List<Thread> posters = new ArrayList<>();
  private volatile boolean stopping;
  private volatile boolean givingUp;

  /**
   * Starts posting.
   *
   * @param source gives connections that work as {@code tongbao_app}; each poster keeps one. Of the
   *     driver's settings, {@code reWriteBatchedInserts} should be on (it joins the inserts of a
   *     batch), and {@code logServerErrorDetail} off (it puts rows into messages)
   * @param posters how many threads; one is best where all payments meet in one account
   */
  public PostingLedger(DataSource source, MeterRegistry meters, int posters) {
    Gauge.builder("ledger.queue.changes", queue, BlockingQueue::size).register(meters);
    for (int i = 0; i < posters; i++) {
      Session session = new Session(source, () -> givingUp);
      Poster poster = new Poster(queue, session, () -> stopping, meters);
      this.posters.add(Thread.ofPlatform().name("poster-" + i).start(poster));
    }
  }

  @Override
  public Outcome commit(Change change) {
    Waiting waiting = new Waiting(change);
    if (stopping) {
      throw new IllegalStateException("the ledger is closed");
    }
    if (!queue.offer(waiting)) {
      return new Refused(Reason.BUSY, 0);
    }
    // The last poster may have gone between the two: then nobody else takes it out.
    if (stopping && queue.remove(waiting)) {
      throw new IllegalStateException("the ledger is closed");
    }
    try {
      return waiting.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof LedgerFault fault ? fault : e;
    }
  }

  /** Takes nothing more, posts what waits, and stops. */
  @Override
  public void close() {
    stopping = true;
    for (Thread poster : posters) {
      stop(poster);
    }
  }

  private void stop(Thread poster) {
    try {
      if (!poster.join(LONGEST_STOP)) {
        givingUp = true;
        poster.join();
      }
    } catch (InterruptedException e) {
      givingUp = true;
      Thread.currentThread().interrupt();
    }
  }
}
