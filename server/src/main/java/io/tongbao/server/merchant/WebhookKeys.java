package io.tongbao.server.merchant;

import io.tongbao.kernel.Secret;
import io.tongbao.wire.crypto.WebhookSecret;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A merchant's webhook secrets: one, and while it is being changed the one before it too, so that
 * notices are good for receivers that know either (THREATS W-13).
 */
public final class WebhookKeys {
  /** The purpose under which the one in use is kept. */
  public static final String CURRENT = "webhook";

  /** The purpose of the one before. */
  public static final String PREVIOUS = "webhook.previous";

  private WebhookKeys() {}

  /** The one in use first. */
  public static List<WebhookSecret> of(Merchant merchant) {
    return Stream.of(CURRENT, PREVIOUS)
        .map(purpose -> merchant.keys().get(purpose))
        .filter(Objects::nonNull)
        .map(WebhookSecret::new)
        .toList();
  }

  static Secret fresh() {
    return WebhookSecret.fresh().text();
  }
}
