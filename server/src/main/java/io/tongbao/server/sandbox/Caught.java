package io.tongbao.server.sandbox;

import io.tongbao.kernel.Bytes;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that arrived at the built-in receiver.
 *
 * @param decoded what it says, where it is a notice of a face that we know
 * @param verdict whether the platform's signature is good: {@code valid}, {@code invalid}, {@code
 *     unsigned}
 */
record Caught(
    Instant at,
    String method,
    String query,
    Map<String, String> headers,
    Bytes body,
    @Nullable JsonNode decoded,
    String verdict,
    int replied) {}
