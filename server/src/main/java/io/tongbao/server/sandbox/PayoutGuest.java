package io.tongbao.server.sandbox;

import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
import io.tongbao.server.merchant.WebhookKeys;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payment.PayoutNews;
import io.tongbao.server.payout.PayoutKeyring;
import io.tongbao.wire.payout.PayoutKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox's dealer of the payout face, with the two keys of specification chapter 2 §2. */
@Component
@Profile("sandbox")
final class PayoutGuest implements Guest {
  static final String DEALER = "tongbao";
  static final String BROKER = "yunyi";

  /** Where notices go until a tester says otherwise: the built-in receiver. */
  private static final String CATCHER = "/sandbox/catch/payout";

  /** What limits texts to a phone would only be in a tester's way. */
  private static final Map<String, String> SETTINGS =
      Map.of("sms.perDay", "1000", "sms.perHour", "1000");

  /** Seven in a hundred, as the specification's sample files show it. */
  static final Broker.Terms TERMS = Broker.Terms.of(70_000);

  private final Merchants merchants;
  private final Brokers brokers;

  PayoutGuest(Merchants merchants, Brokers brokers) {
    this.merchants = merchants;
    this.brokers = brokers;
  }

  @Override
  public Face face() {
    return Face.PAYOUT;
  }

  @Override
  public ObjectNode credentials(String baseUrl, @Nullable JsonNode known) {
    ObjectNode credentials =
        known instanceof ObjectNode object ? object.deepCopy() : freshCredentials();
    credentials.put("dealerId", DEALER).put("brokerId", BROKER);
    Map<String, Secret> keys =
        Map.of(
            PayoutKeyring.DES3, new Secret(credentials.required("des3Key").asString()),
            PayoutKeyring.APPKEY, new Secret(credentials.required("appKey").asString()));
    Merchant dealer =
        merchants.find(Face.PAYOUT, DEALER).orElseGet(() -> merchants.create(newMerchant(keys)));
    keys.forEach((purpose, key) -> {
      if (!Objects.equals(dealer.keys().get(purpose), key)) {
        merchants.putKey(dealer, purpose, key);
      }
    });
    if (brokers.all(dealer).stream().noneMatch(broker -> broker.code().equals(BROKER))) {
      brokers.open(dealer, BROKER, TERMS, merchants.now(dealer));
    }
    String told = dealer.settings().getOrDefault(PayoutNews.URL, CATCHER);
    if (told.endsWith(CATCHER)) {
      // The port may be another than last time; an address that a tester named stays.
      merchants.changeSettings(dealer, Map.of(PayoutNews.URL, baseUrl + CATCHER));
    }
    // Beside what the specification needs: notices carry Standard Webhooks' signature too.
    return credentials.put("webhookSecret", dealer.key(WebhookKeys.CURRENT).reveal());
  }

  @Override
  public void agreeAnew(String baseUrl) {
    Merchant dealer = merchants.find(Face.PAYOUT, DEALER).orElseThrow();
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put(PayoutNews.URL, baseUrl + CATCHER);
    merchants.replaceSettings(dealer, settings);
    for (Broker broker : brokers.all(dealer)) {
      brokers.change(broker, TERMS, merchants.now(dealer));
    }
  }

  private static NewMerchant newMerchant(Map<String, Secret> keys) {
    return new NewMerchant(Face.PAYOUT, DEALER, "通宝沙箱平台", SETTINGS, keys, List.of(), Set.of());
  }

  private static ObjectNode freshCredentials() {
    PayoutKeys keys = PayoutKeys.generate();
    return Replies.object()
        .put("dealerId", DEALER)
        .put("brokerId", BROKER)
        .put("des3Key", keys.des3key().reveal())
        .put("appKey", keys.appkey().reveal());
  }
}
