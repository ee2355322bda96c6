package io.tongbao.server.merchant;

import java.time.Instant;

/**
 * Work that becomes due with a merchant's clock: expiring orders, sending notices, cutting files.
 * Run every half second by the scheduler, and at once when the sandbox moves the clock. Safe to run
 * on several nodes at the same time.
 */
public interface Job {

  /** A short name that the sandbox's clock answers with, such as {@code "expire-orders"}. */
  String name();

  /** Whether it may take minutes: it runs beside the others, which do not wait for it. */
  default boolean isLong() {
    return false;
  }

  /**
   * Does what is due for one merchant.
   *
   * @param now the merchant's clock
   * @return how many things were done; 0 when nothing was due
   */
  int run(Merchant merchant, Instant now);
}
