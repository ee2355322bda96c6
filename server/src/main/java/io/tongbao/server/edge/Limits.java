package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Merchant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How much is in work at a time. Who comes when all seats are taken hears at once that we are busy:
 * a queue would only make everybody late (THREATS T-X18).
 */
@Component
final class Limits {
  /** The longest body that everybody may send; longer ones take one of a few seats. */
  static final int ORDINARY_BODY = 256 * 1024;

  private static final int LONG_BODIES = 16;

  private final int perMerchant;
  private final Semaphore longBodies = new Semaphore(LONG_BODIES);
  private final Semaphore all;
  private final Map<Integer, Semaphore> merchants = new ConcurrentHashMap<>();

  Limits(EdgeSettings settings) {
    this.all = new Semaphore(settings.concurrent());
    this.perMerchant = settings.concurrentPerMerchant();
  }

  /** A seat that is given back by closing. */
  @FunctionalInterface
  interface Seat extends AutoCloseable {
    @Override
    void close();
  }

  Seat enter() {
    return take(all);
  }

  /** A seat for a body, which costs nothing until it is a long one. */
  BodySeat body() {
    return new BodySeat();
  }

  /** Where a body is read; used by one thread. */
  final class BodySeat implements Seat {
    private @Nullable Seat taken;

    /** The body says that it is this long, or has come to it; a negative length is not known. */
    void grows(long length) {
      if (taken == null && length > ORDINARY_BODY) {
        taken = take(longBodies);
      }
    }

    @Override
    public void close() {
      if (taken != null) {
        taken.close();
      }
    }
  }

  Seat enter(Merchant merchant) {
    return take(merchants.computeIfAbsent(merchant.id(), id -> new Semaphore(perMerchant)));
  }

  private static Seat take(Semaphore seats) {
    if (!seats.tryAcquire()) {
      throw Refusal.of(Refusal.Reason.BUSY);
    }
    return seats::release;
  }
}
