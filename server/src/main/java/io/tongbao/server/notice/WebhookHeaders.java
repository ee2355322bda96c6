package io.tongbao.server.notice;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Merchant;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers of Standard Webhooks 1.0, which notices of all faces carry beside the face's own
 * signature. Signed with the merchant's key for {@code webhook}, and while that is being changed
 * with the one for {@code webhook.previous} too; unsigned where a merchant has neither.
 */
final class WebhookHeaders {
  private static final String PREFIX = "whsec_";

  private WebhookHeaders() {}

  static Map<String, String> of(Merchant merchant, long notice, Bytes body, Instant now) {
    String id = "msg_" + notice;
    String timestamp = Long.toString(now.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", timestamp);
    StringJoiner signatures = new StringJoiner(" ");
    Stream.of("webhook", "webhook.previous")
        .map(purpose -> merchant.keys().get(purpose))
        .forEach(key -> {
          if (key != null) {
            signatures.add("v1," + mac(key, id + "." + timestamp + ".", body).base64());
          }
        });
    if (signatures.length() > 0) {
      headers.put("webhook-signature", signatures.toString());
    }
    return headers;
  }

  private static Bytes mac(Secret key, String head, Bytes body) {
    String text = key.reveal();
    Bytes secret =
        text.startsWith(PREFIX)
            ? Bytes.ofBase64(text.substring(PREFIX.length()))
            : Bytes.utf8(text);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.toArray(), "HmacSHA256"));
      mac.update(Bytes.utf8(head).toArray());
      return Bytes.of(mac.doFinal(body.toArray()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HMAC-SHA-256", e);
    }
  }
}
