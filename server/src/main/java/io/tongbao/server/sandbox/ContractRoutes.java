package io.tongbao.server.sandbox;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.notice.NoticeUrls;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payment.DealerSettings;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.PayoutNews;
import io.tongbao.server.payout.PayoutForms;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is agreed when a dealer is taken on: where its notices go, its limits, and its brokers'
 * terms. Specification payout chapter 2 §2.
 */
@Component
@Profile("sandbox")
final class ContractRoutes implements Routes {
  private static final int WHOLE = 1_000_000;

  private final Guests guests;
  private final Merchants merchants;
  private final Brokers brokers;
  private final NoticeUrls urls;

  ContractRoutes(Guests guests, Merchants merchants, Brokers brokers, NoticeUrls urls) {
    this.guests = guests;
    this.merchants = merchants;
    this.brokers = brokers;
    this.urls = urls;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.PUT("/settings", this::set).PUT("/brokers", this::agree);
  }

  /** {@code {"dealerId": …, "settings": {"notify.url": "http://…"}}}; the others stay. */
  private ServerResponse set(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Merchant dealer = guests.named(Face.PAYOUT, Replies.required(body, "dealerId"));
    Map<String, String> wanted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : body.path("settings").properties()) {
      wanted.put(each.getKey(), checked(dealer, each.getKey(), each.getValue().asString("")));
    }
    ObjectNode settings = Replies.object();
    new TreeMap<>(merchants.changeSettings(dealer, wanted).settings()).forEach(settings::put);
    return Replies.ok(settings);
  }

  private String checked(Merchant dealer, String name, String value) {
    if (name.equals(PayoutNews.URL)) {
      return value.isEmpty() ? value : urls.check(dealer, value, name);
    }
    if (!DealerSettings.admits(name, value)) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
    return value;
  }

  /** Opens a broker, or changes the terms of one; what is not said stays. */
  private ServerResponse agree(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Merchant dealer = guests.named(Face.PAYOUT, Replies.required(body, "dealerId"));
    String code = PayoutForms.brokerId(Replies.required(body, "brokerId"), "brokerId");
    Optional<Broker> known =
        brokers.all(dealer).stream().filter(each -> each.code().equals(code)).findFirst();
    Broker.Terms terms = terms(body, known.map(Broker::terms).orElse(PayoutGuest.TERMS));
    Broker agreed =
        known
            .map(broker -> brokers.change(broker, terms, merchants.now(dealer)))
            .orElseGet(() -> brokers.open(dealer, code, terms, merchants.now(dealer)));
    return Replies.ok(describe(agreed));
  }

  private static Broker.Terms terms(JsonNode body, Broker.Terms last) {
    return new Broker.Terms(
        millionths(body, "rate", last.rate()),
        millionths(body, "rebateRate", last.rebateRate()),
        body.hasNonNull("channels") ? channels(body.get("channels")) : last.channels(),
        Replies.text(body, "packets").map(ContractRoutes::packets).orElse(last.packets()),
        millionths(body, "brokerShare", last.brokerShare()),
        limit(body, "monthAverage", last.monthAverage()),
        limit(body, "monthHighest", last.monthHighest()));
  }

  private static int millionths(JsonNode body, String name, int last) {
    int said = body.path(name).asInt(last);
    if (said < 0 || said > WHOLE) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
    return said;
  }

  private static Set<PayoutChannel> channels(JsonNode codes) {
    Set<PayoutChannel> channels = EnumSet.noneOf(PayoutChannel.class);
    for (JsonNode code : codes) {
      channels.add(
          PayoutChannel.ofCode(code.asString())
              .orElseThrow(() -> Refusal.of(Refusal.Reason.BAD_FIELD, "channels")));
    }
    return channels;
  }

  private static Broker.Packets packets(String text) {
    try {
      return Broker.Packets.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "packets");
    }
  }

  /** In yuan; zero for none. */
  private static @Nullable Money limit(JsonNode body, String name, @Nullable Money last) {
    Optional<Money> said = Replies.text(body, name).map(Money::parseYuan);
    return said.isPresent() ? said.filter(Money::isPositive).orElse(null) : last;
  }

  private static ObjectNode describe(Broker broker) {
    Broker.Terms terms = broker.terms();
    ObjectNode said =
        Replies.object()
            .put("brokerId", broker.code())
            .put("rate", terms.rate())
            .put("rebateRate", terms.rebateRate())
            .put("packets", terms.packets().name())
            .put("brokerShare", terms.brokerShare())
            .put("monthAverage", yuan(terms.monthAverage()))
            .put("monthHighest", yuan(terms.monthHighest()));
    ArrayNode channels = said.putArray("channels");
    terms.channels().stream().sorted().forEach(channel -> channels.add(channel.code()));
    return said;
  }

  private static String yuan(@Nullable Money limit) {
    return (limit == null ? Money.ZERO : limit).yuan();
  }
}
