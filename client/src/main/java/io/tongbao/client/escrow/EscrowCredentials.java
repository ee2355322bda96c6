package io.tongbao.client.escrow;

import io.tongbao.kernel.Secret;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.WebhookSecret;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who a merchant is to the platform.
 *
 * @param sysid the application's number
 * @param accountSetNo the account set in which its members hold their money
 * @param merchantKey signs requests and seals fields
 * @param platformKey verifies answers and notices and opens fields
 * @param webhook verifies the second signature of notices, which is in their headers; null where it
 *     is not known
 */
public record EscrowCredentials(
    String sysid,
    String accountSetNo,
    PrivateKey merchantKey,
    PublicKey platformKey,
    @Nullable WebhookSecret webhook) {

  /** From the {@code escrow} member of the sandbox's credentials. */
  public static EscrowCredentials of(JsonNode escrow) {
    return new EscrowCredentials(
        escrow.required("sysid").asString(),
        escrow.required("accountSetNo").asString(),
        RsaKeys.privateKey(escrow.required("merchantPrivateKey").asString()),
        RsaKeys.publicKey(escrow.required("platformPublicKey").asString()),
        webhook(escrow.path("webhookSecret").asString("")));
  }

  private static @Nullable WebhookSecret webhook(String secret) {
    return secret.isEmpty() ? null : new WebhookSecret(new Secret(secret));
  }

  @Override
  public String toString() {
    return "credentials of " + sysid;
  }
}
