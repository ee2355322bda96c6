package io.tongbao.client.payout;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.crypto.HmacSha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The three headers of Standard Webhooks 1.0 that each notice carries beside the face's own
 * signature: webhook-id, webhook-timestamp, webhook-signature.
 */
final class WebhookSignature {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("\\A[0-9]{1,12}\\z");
  private static final String VERSION = "v1,";

  private WebhookSignature() {}

  /** Refuses what is not signed with the dealer's webhook secret, or was not sent just now. */
  static void require(
      PayoutCredentials credentials,
      Bytes body,
      UnaryOperator<@Nullable String> header,
      Instant now) {
    HmacSha256 key = credentials.webhook();
    String id = header.apply("webhook-id");
    String timestamp = header.apply("webhook-timestamp");
    String signatures = header.apply("webhook-signature");
    if (key == null || id == null || timestamp == null || signatures == null) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, "webhook-signature");
    }
    Bytes code = key.of(signed(id + "." + timestamp + ".", body));
    boolean any = false;
    for (String signature : signatures.split(" ", -1)) {
      any |= signature.startsWith(VERSION) && code.equals(decoded(signature));
    }
    if (!any) {
      throw Refusal.of(Refusal.Reason.BAD_SIGNATURE, "webhook-signature");
    }
    if (!SECONDS.matcher(timestamp).matches() || !isFresh(Long.parseLong(timestamp), now)) {
      throw Refusal.of(Refusal.Reason.STALE_TIMESTAMP, "webhook-timestamp");
    }
  }

  private static boolean isFresh(long seconds, Instant now) {
    return Duration.between(Instant.ofEpochSecond(seconds), now).abs().compareTo(WINDOW) <= 0;
  }

  private static Bytes decoded(String signature) {
    try {
      return Bytes.ofBase64(signature.substring(VERSION.length()));
    } catch (IllegalArgumentException notBase64) {
      return Bytes.EMPTY;
    }
  }

  private static Bytes signed(String head, Bytes body) {
    byte[] first = Bytes.utf8(head).toArray();
    return Bytes.of(
        ByteBuffer.allocate(first.length + body.size()).put(first).put(body.toArray()).array());
  }
}
