package io.tongbao.server.member;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Gateway.Delivery;
import io.tongbao.server.member.Outgoing.Way;
import io.tongbao.server.member.OutgoingRows.Taken;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Production's outbox: a text or mail is a row in the commit of what it tells of, and goes until a
 * gateway takes it or it is worth nothing any more. Whoever waits for a text tries first, himself;
 * what fails for the moment, or was left by somebody who died, is tried again here. So a gateway
 * may hear the same twice, but nothing is lost.
 */
final class Outbox implements Job, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** How long one try has, which a gateway's patience is less than; then others may try. */
  static final Duration LEASE = Duration.ofSeconds(15);

  /** How long a gateway may fail before those who wait are told so. */
  static final Duration BRIEF = Duration.ofMinutes(1);

  private static final int MOST_AT_ONCE = 16;
  private static final long LONGEST_PAUSE_SECONDS = 60;
  private static final Duration SHUTDOWN = Duration.ofSeconds(12);

  private final OutgoingRows rows;
  private final Map<Way, Gateway> gateways;
  private final MeterRegistry meters;
  private final Map<Way, Instant> failingSince = new ConcurrentHashMap<>();
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Outbox(OutgoingRows rows, Map<Way, Gateway> gateways, MeterRegistry meters) {
    this.rows = rows;
    this.gateways = new EnumMap<>(gateways);
    this.meters = meters;
  }

  boolean isOpen(Way way) {
    return gateways.containsKey(way);
  }

  /** The row of something that nobody waits for: it is due at once. */
  RowWrite write(Merchant merchant, Outgoing outgoing, Instant now, Instant dropAt) {
    return rows.write(merchant.id(), outgoing, null, now, dropAt);
  }

  /** The row of something that its writer will try first, by {@link #first}. */
  RowWrite writeTried(
      Merchant merchant, Outgoing outgoing, @Nullable String topic, Instant now, Instant dropAt) {
    return rows.write(merchant.id(), outgoing, topic, now.plus(LEASE), dropAt);
  }

  /**
   * Tries what has just been written. False: it will not leave, and is withdrawn. True: it has
   * left, or is tried again shortly.
   */
  boolean first(Merchant merchant, Outgoing outgoing, Instant now) {
    long start = System.nanoTime();
    Delivery delivery = hand(outgoing, now);
    if (delivery == Delivery.UNCLEAR && !isDown(outgoing.way(), now)) {
      settle(merchant, new Taken(outgoing, 1), delivery, now.plusNanos(System.nanoTime() - start));
      return true;
    }
    rows.remove(merchant.id(), outgoing);
    return delivery == Delivery.TAKEN;
  }

  @Override
  public String name() {
    return "send-texts-and-mails";
  }

  /** Waits for nobody: a slow gateway must not hold up a merchant's other jobs. */
  @Override
  public int run(Merchant merchant, Instant now) {
    for (Way way : rows.drop(merchant.id(), now)) {
      LOG.warn("a message of merchant {} could not be sent in time: {}", merchant.code(), way);
      count(way, "dropped");
    }
    int free = room.availablePermits();
    if (free == 0 || !room.tryAcquire(free)) {
      return 0;
    }
    int taken = 0;
    try {
      for (Taken one : rows.take(merchant.id(), now, LEASE, free)) {
        taken++;
        threads.execute(() -> retry(merchant, one, now));
      }
      return taken;
    } finally {
      room.release(free - taken);
    }
  }

  @Override
  public void destroy() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("a gateway does not answer: what it was told is told again");
    }
  }

  private void retry(Merchant merchant, Taken one, Instant now) {
    long start = System.nanoTime();
    try {
      Delivery delivery = hand(one.outgoing(), now);
      settle(merchant, one, delivery, now.plusNanos(System.nanoTime() - start));
    } catch (RuntimeException e) {
      LOG.error("{} may have been sent, which could not be written", one.outgoing(), e);
    } finally {
      room.release();
    }
  }

  private void settle(Merchant merchant, Taken one, Delivery delivery, Instant now) {
    switch (delivery) {
      case TAKEN -> rows.remove(merchant.id(), one.outgoing());
      case REFUSED -> {
        LOG.warn("a gateway will not have {} of merchant {}", one.outgoing(), merchant.code());
        rows.remove(merchant.id(), one.outgoing());
      }
      case UNCLEAR -> {
        long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(one.tries(), 10));
        rows.again(merchant.id(), one.outgoing(), now.plusSeconds(pause));
      }
    }
  }

  private Delivery hand(Outgoing outgoing, Instant now) {
    Way way = outgoing.way();
    Gateway gateway = gateways.get(way);
    Delivery delivery = gateway == null ? Delivery.UNCLEAR : gateway.hand(outgoing.letter());
    count(way, delivery.name().toLowerCase(Locale.ROOT));
    if (delivery == Delivery.UNCLEAR) {
      failingSince.putIfAbsent(way, now);
    } else {
      failingSince.remove(way);
    }
    return delivery;
  }

  private boolean isDown(Way way, Instant now) {
    Instant since = failingSince.get(way);
    return since != null && now.isAfter(since.plus(BRIEF));
  }

  private void count(Way way, String outcome) {
    meters
        .counter("tongbao.outgoing", "way", way.name().toLowerCase(Locale.ROOT), "outcome", outcome)
        .increment();
  }
}
