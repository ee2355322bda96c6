package io.tongbao.server.notice;

import io.tongbao.kernel.Bytes;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.WebhookKeys;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The headers of Standard Webhooks 1.0, which notices of all faces carry beside the face's own
 * signature (THREATS W-13). While a merchant changes his secret there are two signatures.
 */
final class WebhookHeaders {
  private WebhookHeaders() {}

  /** Puts them beside the letter's own. */
  static Letter on(Letter letter, Merchant merchant, long notice, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>(letter.headers());
    headers.putAll(of(merchant, notice, letter.body(), now));
    return new Letter(
        letter.method(), letter.query(), letter.contentType(), letter.body(), headers);
  }

  private static Map<String, String> of(Merchant merchant, long notice, Bytes body, Instant now) {
    String id = "msg_" + notice;
    String signatures =
        WebhookKeys.of(merchant).stream()
            .map(secret -> secret.sign(id, now, body))
            .collect(Collectors.joining(" "));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    headers.put("webhook-signature", signatures);
    return headers;
  }
}
