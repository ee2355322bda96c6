package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.edge.ReplayRows.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What lets a message take effect once. The first to bring it claims its digest, in a commit that
 * it shares with whatever else is being committed, then works, then stores the answer; whoever
 * brings the same message meanwhile waits, and later hears that answer. A claim whose owner died is
 * taken over when its lease ends.
 *
 * <p>The answer is stored beside the request, not before it is sent. If we die in between, the same
 * message is worked on a second time after the lease. That moves no money twice, because each
 * operation is idempotent in itself, by its own number or by the caller's digest; it may only be
 * told in other words what happened ("order exists").
 */
@Component
final class ReplayGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayGuard.class);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(25);
  private static final int STORING_AT_A_TIME = 512;
  private static final int STORE_TRIES = 20;

  private final ReplayRows rows;
  private final Ledger ledger;
  private final Map<ReplayRows.Key, CompletableFuture<Reply>> working = new ConcurrentHashMap<>();
  private final RecentKeys recent = new RecentKeys();
  private final Semaphore storing = new Semaphore(STORING_AT_A_TIME);

  ReplayGuard(ReplayRows rows, Ledger ledger) {
    this.rows = rows;
    this.ledger = ledger;
  }

  /** Does the work unless this message was answered before; then gives that answer. */
  Reply once(Caller caller, String contentType, Supplier<Reply> work) {
    ReplayRows.Key key =
        new ReplayRows.Key(caller.merchant().face(), caller.merchant().id(), caller.digest());
    CompletableFuture<Reply> mine = new CompletableFuture<>();
    CompletableFuture<Reply> first = working.putIfAbsent(key, mine);
    if (first != null) {
      return await(first);
    }
    try {
      Reply earlier = claim(key, caller.now(), contentType);
      Reply reply = earlier != null ? earlier : work.get();
      mine.complete(reply);
      settle(key, caller.now(), earlier != null, reply);
      return reply;
    } catch (RuntimeException | Error failure) {
      mine.completeExceptionally(failure);
      working.remove(key);
      throw failure;
    }
  }

  private static Reply await(CompletableFuture<Reply> first) {
    try {
      return first.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException noAnswer) {
      throw Refusal.of(Refusal.Reason.BUSY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.of(Refusal.Reason.BUSY);
    }
  }

  /** Null when the message is ours to work on; else the answer that it had before. */
  private @Nullable Reply claim(ReplayRows.Key key, Instant now, String contentType) {
    // A claim that fails makes the ledger repeat a batch, so we look first where we remember.
    boolean isNew = recent.add(key);
    if (isNew && commit(rows.claim(key, now, LEASE), now)) {
      return null;
    }
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < giveUp) {
      Seen seen = rows.find(key).orElse(null);
      if (seen != null && seen.answer() != null) {
        return Reply.replayed(contentType, seen.answer());
      }
      if (seen == null && commit(rows.claim(key, now, LEASE), now)) {
        return null;
      }
      if (seen != null && !seen.leased() && commit(rows.takeOver(key, LEASE), now)) {
        return null;
      }
      pause(LOOK_AGAIN);
    }
    throw Refusal.of(Refusal.Reason.BUSY);
  }

  private boolean commit(RowWrite write, Instant now) {
    return switch (ledger.commit(Change.at(now).write(write).build())) {
      case Outcome.Committed committed -> true;
      case Outcome.Conflict conflict -> false;
      case Outcome.Refused refused -> throw Refusal.of(Refusal.Reason.BUSY);
    };
  }

  /**
   * Stores the answer beside the request; in its way only when too many are being stored, or when
   * the caller may try again and should find the claim gone.
   */
  private void settle(ReplayRows.Key key, Instant now, boolean stored, Reply reply) {
    if (stored) {
      working.remove(key);
    } else if (reply.lasting() && storing.tryAcquire()) {
      Thread.ofVirtual().name("store-answer").start(() -> store(key, now, reply, storing::release));
    } else {
      store(key, now, reply, () -> {});
    }
  }

  private void store(ReplayRows.Key key, Instant now, Reply reply, Runnable done) {
    try {
      RowWrite write = reply.lasting() ? rows.store(key, reply.body()) : rows.release(key);
      for (int tries = 0; tries < STORE_TRIES && !tryStore(write, now); tries++) {
        pause(LOOK_AGAIN);
      }
    } finally {
      working.remove(key);
      done.run();
    }
  }

  /** False when it should be tried again. A conflict means that somebody took over: so be it. */
  private boolean tryStore(RowWrite write, Instant now) {
    try {
      commit(write, now);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("an answer could not be stored yet", e);
      return false;
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.of(Refusal.Reason.BUSY);
    }
  }

  /** Waits until the answers of the last messages are stored. */
  @Override
  public void close() {
    try {
      if (!storing.tryAcquire(STORING_AT_A_TIME, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("some answers were not stored before the end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
