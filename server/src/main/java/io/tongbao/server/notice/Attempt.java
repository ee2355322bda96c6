package io.tongbao.server.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log of attempts.
 *
 * @param number from 1
 * @param scheduled false where somebody asked for it
 * @param beganAt on the merchant's clock
 * @param address the one that was dialled
 * @param sent the body as sent, where it is kept
 * @param answer the first 200 characters, longer numbers masked
 * @param error null where it was delivered
 */
public record Attempt(
    int number,
    boolean scheduled,
    Instant beganAt,
    Instant endedAt,
    @Nullable String address,
    @Nullable Integer status,
    int millis,
    @Nullable String sent,
    String answer,
    @Nullable String error) {}
