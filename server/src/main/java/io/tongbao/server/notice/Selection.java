package io.tongbao.server.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which finished notices an operator means (THREATS W-10); null is any.
 *
 * @param from when they ended, on the merchant's clock
 * @param to until when, itself included
 * @param state {@code DELIVERED} or {@code EXHAUSTED}
 * @param event such as {@code "escrow.order"}
 * @param origin of the endpoint, such as {@code "https://pay.example.com:443"}
 */
public record Selection(
    Instant from,
    Instant to,
    Notice.@Nullable State state,
    @Nullable String event,
    @Nullable String origin) {

  /** The dead letters of a time. */
  public static Selection dead(Instant from, Instant to) {
    return new Selection(from, to, Notice.State.EXHAUSTED, null, null);
  }
}
