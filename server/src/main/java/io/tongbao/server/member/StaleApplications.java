package io.tongbao.server.member;

import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Forgets cards that somebody wanted to bind and never confirmed: nobody needs those numbers. */
@Component
final class StaleApplications implements Job {
  private static final Duration KEPT = Duration.ofDays(1);

  private final Bindings bindings;

  StaleApplications(Bindings bindings) {
    this.bindings = bindings;
  }

  @Override
  public String name() {
    return "forget-card-applications";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    return bindings.forget(merchant, now.minus(KEPT));
  }
}
