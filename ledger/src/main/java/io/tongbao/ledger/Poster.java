package io.tongbao.ledger;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that posts: takes what gathered in the queue while it committed the batch before, and
 * commits that as one database transaction. There is no timer: a lone change goes at once.
 */
final class Poster implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Poster.class);
  private static final int MOST_CHANGES = 128;
  private static final int MOST_TRIES = 4;
  private static final int WORTH_A_THREAD = 8;

  private final BlockingQueue<Waiting> queue;
  private final Session session;
  private final BooleanSupplier stopping;
  private final MeterRegistry meters;
  private final DistributionSummary sizes;
  private final Timer commits;

  Poster(
      BlockingQueue<Waiting> queue,
      Session session,
      BooleanSupplier stopping,
      MeterRegistry meters) {
    this.queue = queue;
    this.session = session;
    this.stopping = stopping;
    this.meters = meters;
    this.sizes = DistributionSummary.builder("ledger.batch.changes").register(meters);
    this.commits = Timer.builder("ledger.batch.commit").register(meters);
  }

  @Override
  public void run() {
    List<Waiting> batch = new ArrayList<>(MOST_CHANGES);
    while (gather(batch)) {
      post(batch);
      batch.clear();
    }
    session.end();
  }

  /** Answers false when there will be nothing more. */
  private boolean gather(List<Waiting> batch) {
    while (batch.isEmpty()) {
      boolean last = stopping.getAsBoolean();
      try {
        Waiting first = queue.poll(20, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
        } else if (last) {
          return false;
        }
      } catch (InterruptedException e) {
        LOG.debug("nobody has reason to interrupt a poster", e);
      }
    }
    queue.drainTo(batch, MOST_CHANGES - 1);
    return true;
  }

  /** Answers everyone in the batch, whatever happens. */
  private void post(List<Waiting> batch) {
    try {
      post(batch, false);
    } catch (RuntimeException | Error e) {
      LOG.error("a batch of {} failed", batch.size(), e);
      LedgerFault fault =
          e instanceof LedgerFault known ? known : new LedgerFault("the batch failed", e);
      batch.forEach(waiting -> waiting.answer().completeExceptionally(fault));
    }
  }

  private void post(List<Waiting> batch, boolean carefully) {
    boolean careful = carefully;
    for (int tries = 1; ; tries++) {
      try {
        tell(batch, attempt(batch.stream().map(Waiting::change).toList(), careful));
        return;
      } catch (LedgerFault e) {
        throw e;
      } catch (Batch.Stumbled e) {
        meters.counter("ledger.retries", "why", "stumbled").increment();
        careful = true;
      } catch (Exception e) {
        Trouble trouble = Trouble.of(e);
        meters.counter("ledger.retries", "why", trouble.label()).increment();
        if ((trouble == Trouble.LASTING && careful) || tries >= MOST_TRIES) {
          giveUp(batch, trouble, e);
          return;
        }
        careful |= trouble == Trouble.LASTING;
        if (trouble == Trouble.CONNECTION || trouble == Trouble.CONTENTION) {
          LOG.warn("a batch of {} is tried again after {}", batch.size(), e.toString());
          Session.pause(5, 50);
        }
      }
    }
  }

  private List<Verdict> attempt(List<Change> changes, boolean careful)
      throws SQLException, Batch.Stumbled, Batch.Overtaken {
    long start = System.nanoTime();
    List<Verdict> verdicts;
    try {
      verdicts = careful ? Batch.careful(session, changes) : Batch.fast(session, changes);
    } catch (SQLException | Batch.Stumbled | Batch.Overtaken | RuntimeException | Error e) {
      session.rollback();
      throw e;
    }
    session.commit();
    commits.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    sizes.record(changes.size());
    return verdicts;
  }

  /** One of several spoils it for all: each goes alone. One alone, or no database: it fails. */
  private void giveUp(List<Waiting> batch, Trouble trouble, Exception cause) {
    if (batch.size() > 1 && trouble != Trouble.CONNECTION) {
      batch.forEach(waiting -> post(List.of(waiting)));
      return;
    }
    LOG.error("{} changes failed", batch.size(), cause);
    batch.forEach(waiting -> new Verdict.Fault(cause).tell(waiting.answer()));
  }

  /** Waking many callers takes a while: meanwhile the next batch can already begin. */
  private static void tell(List<Waiting> batch, List<Verdict> verdicts) {
    if (batch.size() < WORTH_A_THREAD) {
      tellNow(batch, verdicts);
      return;
    }
    List<Waiting> told = List.copyOf(batch);
    Thread.ofVirtual().name("answers").start(() -> tellNow(told, verdicts));
  }

  private static void tellNow(List<Waiting> batch, List<Verdict> verdicts) {
    for (int i = 0; i < verdicts.size(); i++) {
      verdicts.get(i).tell(batch.get(i).answer());
    }
  }
}
