package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.edge.ReplayRows.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private final Map<ReplayRows.Key, Work> working = new ConcurrentHashMap<>();
  private final RecentKeys recent = new RecentKeys();
  private final Semaphore storing = new Semaphore(STORING_AT_A_TIME);

  /** What a message is claimed with. */
  private record Claim(
      ReplayRows.Key key, String operation, Instant now, Supplier<List<RowWrite>> evidence) {}

  /** What is being worked on here. */
  private record Work(String operation, CompletableFuture<Reply> reply) {}

  ReplayGuard(ReplayRows rows, Ledger ledger) {
    this.rows = rows;
    this.ledger = ledger;
  }

  /**
   * Does the work unless this message was answered before; then gives that answer. A message that
   * was first sent to another operation is refused.
   *
   * @param evidence what is written with the claim
   */
  Reply once(
      Caller caller,
      String operation,
      String contentType,
      Supplier<List<RowWrite>> evidence,
      Supplier<Reply> work) {
    ReplayRows.Key key = key(caller);
    CompletableFuture<Reply> mine = new CompletableFuture<>();
    Work first = working.putIfAbsent(key, new Work(operation, mine));
    if (first != null) {
      requireSame(first.operation(), operation);
      return await(first.reply());
    }
    try {
      Claim claim = new Claim(key, operation, caller.now(), evidence);
      Reply earlier = earlier(claim, contentType);
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

  /**
   * Lets a message that only looks through, as often as it comes, unless it was first sent to
   * another operation; and keeps it for this one.
   */
  void bind(Caller caller, String operation) {
    ReplayRows.Key key = key(caller);
    if (recent.add(key)
        && commit(rows.claim(key, operation, caller.now(), Duration.ZERO), caller.now())) {
      return;
    }
    Seen seen = rows.find(key).orElse(null);
    if (seen == null) {
      // Known here, but its row is gone or not there yet: whoever writes it first, has it.
      commit(rows.claim(key, operation, caller.now(), Duration.ZERO), caller.now());
      seen = rows.find(key).orElseThrow(() -> Refusal.of(Refusal.Reason.BUSY));
    }
    requireSame(seen.operation(), operation);
  }

  private static ReplayRows.Key key(Caller caller) {
    return new ReplayRows.Key(caller.merchant().face(), caller.merchant().id(), caller.digest());
  }

  private static void requireSame(String first, String operation) {
    if (!first.equals(operation)) {
      throw Refusal.of(Refusal.Reason.MESSAGE_USED);
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
  private @Nullable Reply earlier(Claim claim, String contentType) {
    ReplayRows.Key key = claim.key();
    // A claim that fails makes the ledger repeat a batch, so we look first where we remember.
    if (recent.add(key) && commit(claim)) {
      return null;
    }
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < giveUp) {
      Seen seen = rows.find(key).orElse(null);
      if (seen != null) {
        requireSame(seen.operation(), claim.operation());
      }
      if (seen != null && seen.answer() != null) {
        return Reply.replayed(contentType, seen.answer());
      }
      if (seen == null && commit(claim)) {
        return null;
      }
      if (seen != null && !seen.leased() && commit(rows.takeOver(key, LEASE), claim.now())) {
        return null;
      }
      pause(LOOK_AGAIN);
    }
    throw Refusal.of(Refusal.Reason.BUSY);
  }

  private boolean commit(Claim claim) {
    Change.Builder change = Change.at(claim.now());
    change.write(rows.claim(claim.key(), claim.operation(), claim.now(), LEASE));
    return commit(change.writeAll(claim.evidence().get()).build());
  }

  private boolean commit(RowWrite write, Instant now) {
    return commit(Change.at(now).write(write).build());
  }

  private boolean commit(Change change) {
    return switch (ledger.commit(change)) {
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
