package io.tongbao.server.payout.verification;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.PlatformKeys;
import io.tongbao.wire.Form;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaSigner;
import java.security.KeyPair;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The text with which a phone's Alipay asks its user to log in for the platform: parameters in the
 * order that the specification prints, each encoded, and the platform's RSA signature over the
 * sorted and not encoded ones. Specification §2.3 (5).
 */
@Component
@EnableConfigurationProperties(AlipaySettings.class)
public final class AlipayLogin {
  private static final String PURPOSE = "alipay";
  private static final int TARGET_DIGITS = 14;

  private final AlipaySettings settings;
  private final RsaSigner signer;
  private final String publicKey;

  AlipayLogin(AlipaySettings settings, PlatformKeys keys) {
    PlatformKeys.Pair pair = keys.pair(Face.PAYOUT, PURPOSE, AlipayLogin::make);
    this.settings = settings;
    this.signer = new RsaSigner(RsaKeys.privateKey(pair.privateKey().reveal()), RsaScheme.SHA1);
    this.publicKey = pair.certificate();
  }

  /** The public half of the key, as PEM: what Alipay is told. */
  public String publicKey() {
    return publicKey;
  }

  /** A text for one login, at a time of the dealer's clock. */
  String info(Instant now) {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("scope", "kuaijie");
    said.put("target_id", Ids.digits(TARGET_DIGITS));
    said.put("version", "1.0");
    said.put("sign_type", "RSA");
    said.put("format", "JSON");
    said.put("auth_type", "AUTHACCOUNT");
    said.put("charset", "utf-8");
    said.put("product_id", "APP_FAST_LOGIN");
    said.put("biz_type", "openservice");
    said.put("timestamp", BeijingTime.seconds(now));
    said.put("method", "alipay.open.auth.sdk.code.get");
    said.put("sign", "");
    said.put("apiname", "com.alipay.account.auth");
    said.put("app_name", "mc");
    said.put("app_id", required(settings.appId()));
    said.put("pid", required(settings.pid()));
    said.put("sign", signer.sign(canonical(said)));
    return said.entrySet().stream()
        .map(each -> each.getKey() + "=" + Form.encode(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String canonical(Map<String, String> said) {
    return new TreeMap<>(said)
        .entrySet().stream()
            .filter(each -> !each.getKey().equals("sign"))
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
  }

  private static String required(@Nullable String setting) {
    if (setting == null) {
      throw Refusal.of(Reason.CHANNEL_NOT_CONFIGURED);
    }
    return setting;
  }

  private static PlatformKeys.Pair make() {
    KeyPair pair = RsaKeys.generate();
    return new PlatformKeys.Pair(
        new Secret(RsaKeys.pem(pair.getPrivate())), RsaKeys.pem(pair.getPublic()));
  }
}
