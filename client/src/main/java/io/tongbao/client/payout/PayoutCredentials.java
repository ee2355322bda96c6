package io.tongbao.client.payout;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.crypto.HmacSha256;
import io.tongbao.wire.payout.PayoutKeys;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who a dealer is to the platform. Specification chapter 2 §2.
 *
 * @param dealerId 商户代码
 * @param brokerId the broker that a dealer with one broker pays through
 * @param keys the 3deskey and the appkey
 * @param webhookSecret signs notices a second time (Standard Webhooks); null where there is none
 */
public record PayoutCredentials(
    String dealerId, String brokerId, PayoutKeys keys, @Nullable Secret webhookSecret) {
  private static final String PREFIX = "whsec_";

  /** From the {@code payout} member of the sandbox's credentials. */
  public static PayoutCredentials of(JsonNode payout) {
    String webhook = payout.path("webhookSecret").asString("");
    return new PayoutCredentials(
        payout.required("dealerId").asString(),
        payout.required("brokerId").asString(),
        new PayoutKeys(
            new Secret(payout.required("des3Key").asString()),
            new Secret(payout.required("appKey").asString())),
        webhook.isEmpty() ? null : new Secret(webhook));
  }

  /** Computes the code of the {@code webhook-signature} header; null without a secret. */
  @Nullable HmacSha256 webhook() {
    if (webhookSecret == null) {
      return null;
    }
    String text = webhookSecret.reveal();
    return text.startsWith(PREFIX)
        ? new HmacSha256(Bytes.ofBase64(text.substring(PREFIX.length())))
        : new HmacSha256(webhookSecret);
  }

  @Override
  public String toString() {
    return "credentials of dealer " + dealerId;
  }
}
