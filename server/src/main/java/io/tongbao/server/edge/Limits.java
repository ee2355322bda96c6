package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Merchant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * How much is in work at a time. Who comes when all seats are taken hears at once that we are busy:
 * a queue would only make everybody late (THREATS T-X18).
 */
@Component
final class Limits {
  private final int perMerchant;
  private final LongBodies longBodies = new LongBodies(System::nanoTime);
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

  /** A body that comes from {@code source}, which costs nothing until it is a long one. */
  LongBodies.Body body(String source) {
    return longBodies.from(source);
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
