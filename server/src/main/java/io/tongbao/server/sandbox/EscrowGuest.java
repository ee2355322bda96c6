package io.tongbao.server.sandbox;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
import io.tongbao.server.merchant.WebhookKeys;
import io.tongbao.wire.crypto.Certificates;
import io.tongbao.wire.crypto.Pkcs12;
import io.tongbao.wire.crypto.RsaKeys;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox's merchant of the escrow face, with the certificate files of specification §2.3. */
@Component
@Profile("sandbox")
final class EscrowGuest implements Guest {
  static final String SYSID = "100000000001";

  private static final String ACCOUNT_SET = "200001";
  private static final Duration VALID = Duration.ofDays(20 * 365);

  /** Everything that the platform can open to an application is open in the sandbox. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "accountSetNo", ACCOUNT_SET,
          "b2c", "true",
          "bind.quickpay", "true",
          "transfer", "true",
          "sms.perDay", "1000",
          "sms.perHour", "1000",
          "sms.resendSeconds", "0");

  private final Merchants merchants;
  private final EscrowKeys keys;
  private final Clock clock;

  EscrowGuest(Merchants merchants, EscrowKeys keys, Clock clock) {
    this.merchants = merchants;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Face face() {
    return Face.ESCROW;
  }

  @Override
  public ObjectNode credentials(String baseUrl, @Nullable JsonNode known) {
    ObjectNode credentials =
        known instanceof ObjectNode object ? object.deepCopy() : freshCredentials();
    credentials
        .put("sysid", SYSID)
        .put("accountSetNo", ACCOUNT_SET)
        .put("platformPublicKey", RsaKeys.pem(keys.publicKey()))
        .put("platformCertificate", keys.certificate())
        .put("soaPfx", soaPfx(credentials));
    Secret publicKey =
        new Secret(
            RsaKeys.pem(
                Certificates.read(credentials.required("merchantCertificate").asString())
                    .getPublicKey()));
    Merchant merchant =
        merchants
            .find(Face.ESCROW, SYSID)
            .orElseGet(() -> merchants.create(newMerchant(publicKey)));
    if (!merchant.key(EscrowKeys.MERCHANT).equals(publicKey)) {
      merchants.putKey(merchant, EscrowKeys.MERCHANT, publicKey);
    }
    // Beside what the specification needs: notices carry Standard Webhooks' signature too.
    return credentials.put("webhookSecret", merchant.key(WebhookKeys.CURRENT).reveal());
  }

  @Override
  public void agreeAnew(String baseUrl) {
    merchants
        .find(Face.ESCROW, SYSID)
        .ifPresent(merchant -> merchants.replaceSettings(merchant, SETTINGS));
  }

  /**
   * For clients that read both keys from one file under one alias, as §3.4 and §6.2 say it: the
   * merchant's private key to sign with, the platform's certificate to verify with.
   */
  private String soaPfx(JsonNode credentials) {
    PrivateKey key = RsaKeys.privateKey(credentials.required("merchantPrivateKey").asString());
    X509Certificate platform = Certificates.read(keys.certificate());
    Secret password = new Secret(credentials.required("pfxPassword").asString());
    return new Pkcs12(SYSID, key, platform).write(password).base64();
  }

  private static NewMerchant newMerchant(Secret publicKey) {
    return new NewMerchant(
        Face.ESCROW,
        SYSID,
        "通宝沙箱商户",
        SETTINGS,
        Map.of(EscrowKeys.MERCHANT, publicKey),
        List.of(),
        Set.of());
  }

  private ObjectNode freshCredentials() {
    KeyPair pair = RsaKeys.generate();
    Instant now = clock.instant();
    X509Certificate certificate =
        Certificates.selfSigned(pair, SYSID, now.minus(Duration.ofDays(1)), now.plus(VALID));
    Secret password = new Secret(Ids.digits(8));
    String pfx = new Pkcs12(SYSID, pair.getPrivate(), certificate).write(password).base64();
    return Replies.object()
        .put("sysid", SYSID)
        .put("accountSetNo", ACCOUNT_SET)
        .put("merchantPrivateKey", RsaKeys.pem(pair.getPrivate()))
        .put("merchantCertificate", Certificates.pem(certificate))
        .put("pfx", pfx)
        .put("pfxPassword", password.reveal());
  }
}
