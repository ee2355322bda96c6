package io.tongbao.server.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's endpoint as operators see it. The times are the world's.
 *
 * @param origin scheme, host and port
 * @param paused whether an operator stopped sending to it
 * @param timeouts in a row; from five on it is tried more slowly
 * @param closedUntil nothing is sent before
 * @param failingSince nothing has been delivered since
 * @param waiting notices that are still to be sent
 */
public record Destination(
    String origin,
    boolean paused,
    int timeouts,
    @Nullable Instant closedUntil,
    @Nullable Instant failingSince,
    int waiting) {}
