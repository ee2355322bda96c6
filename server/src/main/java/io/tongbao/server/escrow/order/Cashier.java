package io.tongbao.server.escrow.order;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.server.channel.BankPage;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Orders;
import io.tongbao.server.order.Part;
import io.tongbao.server.order.Parts;
import io.tongbao.server.order.State;
import io.tongbao.server.page.Pages;
import io.tongbao.server.page.Turnstile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * 收银台: shows the payer what he is about to pay to whom, leads him to the bank's page and back to
 * the merchant, and says what became of his order. Its address has a token that the merchant's
 * signed message opened.
 */
@Configuration(proxyBeanMethods = false)
public class Cashier {
  private static final String PATH = "/gateway/cashier/";
  private static final String RESULT = "/gateway/result/";
  private static final String RETRY = "3";

  private final Merchants merchants;
  private final Orders orders;
  private final Parts parts;
  private final ChannelRequests requests;
  private final CashierVisits visits;
  private final MerchantReturn back;
  private final ObjectProvider<BankPage> banks;
  private final Turnstile turnstile;

  Cashier(
      Merchants merchants,
      Orders orders,
      Parts parts,
      ChannelRequests requests,
      CashierVisits visits,
      MerchantReturn back,
      ObjectProvider<BankPage> banks,
      Turnstile turnstile) {
    this.merchants = merchants;
    this.orders = orders;
    this.parts = parts;
    this.requests = requests;
    this.visits = visits;
    this.back = back;
    this.banks = banks;
    this.turnstile = turnstile;
  }

  public static String address(Merchant merchant, String token) {
    return PATH + merchant.code() + "/" + token;
  }

  /** What the bank's page needs to know of us. */
  public static Map<String, String> facts(Merchant merchant, Order order) {
    return Map.of(BankPage.PAYEE, merchant.name(), BankPage.RETURN_TO, result(merchant, order));
  }

  private static String result(Merchant merchant, Order order) {
    return RESULT + merchant.code() + "/" + order.orderNo();
  }

  @Bean
  RouterFunction<ServerResponse> cashierPages() {
    return RouterFunctions.route()
        .GET(PATH + "{sysid}/{token}", request -> turnstile.pass(() -> visit(request, this::show)))
        .POST(PATH + "{sysid}/{token}", request -> turnstile.pass(() -> visit(request, this::lead)))
        .GET(RESULT + "{sysid}/{orderNo}", request -> turnstile.pass(() -> giveBack(request)))
        .build();
  }

  /** A page of one order. */
  private interface Page {
    ServerResponse of(Merchant merchant, Order order, String token);
  }

  private ServerResponse visit(ServerRequest request, Page page) {
    String token = request.pathVariable("token");
    Optional<Merchant> merchant = merchants.find(Face.ESCROW, request.pathVariable("sysid"));
    Optional<Long> order = merchant.flatMap(each -> visits.order(each, token, merchants.now(each)));
    if (merchant.isEmpty() || order.isEmpty()) {
      return Pages.trouble("页面已过期", "为了资金安全，收银台页面 15 分钟后失效。请返回商户重新发起支付");
    }
    return page.of(merchant.get(), orders.byId(merchant.get().id(), order.get()), token);
  }

  private ServerResponse show(Merchant merchant, Order order, String token) {
    Instant now = merchants.now(merchant);
    Map<String, Object> model = new HashMap<>();
    model.put("amount", Pages.amount(order.amount()));
    model.put("act", order.kind() == Kind.WITHDRAWAL ? "提现" : "支付");
    model.put("action", address(merchant, token));
    model.put("back", order.terms().frontUrl() == null ? "" : result(merchant, order));
    model.put("reason", Optional.ofNullable(order.failure()).orElse("银行拒绝了这笔支付"));
    String state = state(order, now);
    model.put("state", state);
    if (state.equals("open")) {
      List<Part> paying = parts.of(order);
      if (page(order, paying).isEmpty()) {
        model.put("state", "unreachable");
        model.put("refresh", RETRY);
      } else {
        describe(model, merchant, order, paying);
      }
    }
    return Pages.show("cashier", model);
  }

  private static String state(Order order, Instant now) {
    return switch (order.state()) {
      case SUCCEEDED, REFUNDED -> "done";
      case FAILED -> "failed";
      case CLOSED -> "closed";
      case IN_PROGRESS -> "pending";
      case UNPAID -> now.isBefore(order.expiresAt()) ? "open" : "closed";
    };
  }

  private static void describe(
      Map<String, Object> model, Merchant merchant, Order order, List<Part> paying) {
    Money inner = sum(paying.stream().filter(Part::isInner).toList());
    model.put("payee", merchant.name());
    model.put("number", order.number());
    model.put("goods", Optional.ofNullable(order.terms().goodsName()).orElse(""));
    model.put("inner", inner.isZero() ? "" : Pages.amount(inner));
    model.put("outer", Pages.amount(order.amount().minus(inner)));
    model.put("bank", bank(paying));
    model.put("expiresAt", BeijingTime.seconds(order.expiresAt()));
  }

  private static Money sum(List<Part> paying) {
    return paying.stream().map(Part::amount).reduce(Money.ZERO, Money::plus);
  }

  private static String bank(List<Part> paying) {
    return paying.stream()
        .filter(part -> !part.isInner())
        .findFirst()
        .map(part -> GatewayBanks.name(part.detail("bankCode")))
        .orElse("银行");
  }

  /** The payer goes on to the bank. */
  private ServerResponse lead(Merchant merchant, Order order, String token) {
    boolean open =
        order.state() == State.UNPAID && merchants.now(merchant).isBefore(order.expiresAt());
    Optional<String> page = open ? page(order, parts.of(order)) : Optional.empty();
    return Pages.go(page.orElse(address(merchant, token)));
  }

  private Optional<String> page(Order order, List<Part> paying) {
    Optional<ChannelRequest> request =
        paying.stream()
            .filter(part -> !part.isInner())
            .findFirst()
            .map(Part::request)
            .flatMap(id -> requests.find(order.merchant(), id));
    return request.flatMap(
        asked -> banks.stream().flatMap(bank -> bank.address(asked).stream()).findFirst());
  }

  /** The payer comes back from the bank, and goes on to the merchant with a signed result. */
  private ServerResponse giveBack(ServerRequest request) {
    Optional<Merchant> merchant = merchants.find(Face.ESCROW, request.pathVariable("sysid"));
    Optional<Order> order =
        merchant.flatMap(each -> orders.byOrderNo(each, request.pathVariable("orderNo")));
    if (merchant.isEmpty() || order.isEmpty()) {
      return Pages.trouble("订单不存在", "请返回商户查看订单");
    }
    return back.go(merchant.get(), order.get());
  }
}
