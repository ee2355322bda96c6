package io.tongbao.server.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * News on its way to one receiver.
 *
 * @param id the news' row id, and what the receiver knows it by; the same on every attempt
 * @param subject the order's or member's row id
 * @param facts a JSON object; frozen when it happened
 * @param happenedAt on the merchant's clock, as are the other times
 * @param nextAt when it is due; null when it is done
 * @param finishedAt when it was delivered or given up
 */
public record Notice(
    int merchant,
    long id,
    String event,
    long subject,
    String url,
    String facts,
    Instant happenedAt,
    State state,
    int attempts,
    @Nullable Instant nextAt,
    @Nullable Instant finishedAt) {

  /** How far it is. */
  public enum State {
    /** Waits for its time, its turn, or an answer. */
    PENDING,
    DELIVERED,
    /** Given up after the last attempt of the schedule: a dead letter. */
    EXHAUSTED
  }
}
