package io.tongbao.server.merchant;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The scheduler's rounds, to their end. A round waits for the channels that it asks for a second
 * only: on a busy machine they may take longer, and then what follows becomes due later.
 */
public final class Rounds {
  private Rounds() {}

  /** Does all that is due for a merchant, and waits until no channel is being asked. */
  public static void run(Scheduler scheduler, Merchant merchant, JdbcClient jdbc) {
    run(scheduler, merchant, jdbc, () -> {});
  }

  /** The same after something, such as a clock, was moved while none of the rounds went on. */
  public static void run(Scheduler scheduler, Merchant merchant, JdbcClient jdbc, Runnable change) {
    scheduler.runDueAfter(merchant, change);
    boolean asked;
    do {
      scheduler.runDue(merchant);
      asked = isAsked(merchant, jdbc);
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !isAsked(merchant, jdbc));
    } while (asked);
  }

  private static boolean isAsked(Merchant merchant, JdbcClient jdbc) {
    return jdbc.sql(
            "SELECT count(*) FROM channel_request WHERE merchant_id = ? AND lease_until > now()")
        .param(merchant.id())
        .query((row, _) -> row.getInt(1) > 0)
        .single();
  }
}
