package io.tongbao.server.payment;

import io.tongbao.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The sandbox's amounts that are held whatever the balance, the channel and the month say: 6688.04
 * until the next top-up, 6688.05 for ten minutes, 6688.06 until the month ends or an operator lets
 * it go. Each payout is held so once.
 */
@Component
@Profile("sandbox")
final class StagedHolds {
  private static final Duration MAINTENANCE = Duration.ofMinutes(10);

  Optional<Standing.Hold> of(Money pay, Instant now) {
    return switch (Math.clamp(pay.fen(), 0, Integer.MAX_VALUE)) {
      case 668_804 -> hold(HoldCause.BALANCE, null);
      case 668_805 -> hold(HoldCause.MAINTENANCE, now.plus(MAINTENANCE));
      case 668_806 -> hold(HoldCause.TAX_AVERAGE, Months.end(now));
      default -> Optional.empty();
    };
  }

  private static Optional<Standing.Hold> hold(HoldCause cause, @Nullable Instant until) {
    return Optional.of(new Standing.Hold(cause, until, true));
  }
}
