package io.tongbao.server.channel.simulated;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.page.OwnAddress;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the simulated wallets want to be handed, in the shapes of specification escrow §4.2.2
 * (payInfo) and §5.17. Each leads to {@link WalletPage}: by its address, or by the number of twenty
 * digits in it. Signatures are HMAC-SHA256 over the sorted members, keyed with the merchant's
 * number: anybody can check them, because nothing depends on it.
 */
@Component
@Profile("sandbox")
final class WalletVouchers {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String APP = "wx0000sandbox0000";
  private static final String HMAC = "HmacSHA256";
  private static final int NONCE = 32;

  private final OwnAddress address;

  WalletVouchers(OwnAddress address) {
    this.address = address;
  }

  /** The address of the wallet's page: what a QR code is made of. */
  String address(Merchant merchant, Deal deal, Instant now) {
    return address.of(WalletPage.PATH + deal.serial());
  }

  /** What WeixinJSBridge is called with. */
  String weChatPublic(Merchant merchant, Deal deal, Instant now) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("appId", APP);
    fields.put("timeStamp", Long.toString(now.getEpochSecond()));
    fields.put("nonceStr", Ids.digits(NONCE));
    fields.put("package", "prepay_id=" + deal.serial());
    fields.put("signType", "HMAC-SHA256");
    fields.put("paySign", sign(merchant, fields));
    fields.put("payUrl", address(merchant, deal, now));
    return JSON.writeValueAsString(fields);
  }

  /** What the app hands to the wallet's app: weixinstr. */
  String weChatApp(Merchant merchant, Deal deal, Instant now) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("appid", APP);
    fields.put("partnerid", merchant.code());
    fields.put("prepayid", deal.serial());
    fields.put("package", "Sign=WXPay");
    fields.put("noncestr", Ids.digits(NONCE));
    fields.put("timestamp", Long.toString(now.getEpochSecond()));
    fields.put("sign", sign(merchant, fields));
    return JSON.writeValueAsString(fields);
  }

  private static String sign(Merchant merchant, Map<String, String> fields) {
    String text =
        new TreeMap<>(fields)
            .entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(Bytes.utf8(merchant.code()).toArray(), HMAC));
      byte[] digest = mac.doFinal(Bytes.utf8(text).toArray());
      return Bytes.of(digest).hex().toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + HMAC, e);
    }
  }
}
