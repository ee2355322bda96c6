package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.escrow.EscrowApplication;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Orders;
import io.tongbao.server.order.Way;
import io.tongbao.wire.crypto.RsaType1;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * A payer who has everything that the ways of paying of §5.2 need: a card that is bound in every
 * way, both passwords, a balance; and the hands to finish a payment of each.
 */
final class Purse {
  static final String NAME = "payer";
  static final String FRONT_URL = "http://localhost:9/front";

  private static final String PASSWORD = "135790";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern SERIAL = Pattern.compile("[0-9]{20}");

  final Market market;
  final Member payer;
  final String card;
  private final ApplicationContext context;
  private final int port;

  Purse(ApplicationContext context, int port, long balance) {
    this.context = context;
    this.port = port;
    market = new Market(context, port);
    market.set(Map.of("bind.quickpay", "true"));
    Member poor = market.member(NAME);
    if (balance > 0) {
      market.give(poor.account(), balance);
    }
    card = market.card(market.members.require(merchant(), NAME));
    payer = market.members.require(merchant(), NAME);
    bindForQuickpay();
    Passwords passwords = context.getBean(Passwords.class);
    var now = market.merchants.now(merchant());
    passwords.set(payer, PasswordKind.PAY, new Secret(PASSWORD), List.of(), now);
    passwords.set(payer, PasswordKind.QUICKPAY, new Secret(PASSWORD), List.of(), now);
  }

  private Merchant merchant() {
    return market.merchant();
  }

  private void bindForQuickpay() {
    String number = market.cardNumber(payer);
    CardClaim claim =
        new CardClaim(
            BindMethod.QUICKPAY,
            new Secret("王小二"),
            new Secret("610422198600000000"),
            new Secret(number),
            payer.requirePhone(),
            null,
            null,
            false,
            null);
    var now = market.merchants.now(merchant());
    context.getBean(Bindings.class).bind(merchant(), payer, claim, now);
  }

  /** payMethod's member for one way. */
  Map<String, Object> by(Way way, long fen) {
    Object value =
        switch (way) {
          case GATEWAY -> fields("bankCode", "vbank", "payType", 1, "amount", fen);
          case POSPAY, QQ_WALLET -> fields("amount", fen);
          case REALNAMEPAY, REALNAMEPAY_BATCH, WITHHOLD_TLT, QUICKPAY_N ->
              fields("bankCardNo", card, "amount", fen);
          case WECHATPAY_APP -> fields("limitPay", "no_credit", "amount", fen);
          case SCAN_WEIXIN -> fields("payType", "W02", "amount", fen);
          case SCAN_ALIPAY -> fields("payType", "A01", "amount", fen);
          case WECHAT_PUBLIC -> fields("payType", "no_credit", "acct", "oBQ-x_1", "amount", fen);
          case ALIPAY_SERVICE -> fields("acct", "2088102146225135", "amount", fen);
          case CODEPAY_W -> fields("payType", "", "authcode", "130012345678901234", "amount", fen);
          case CODEPAY_A -> fields("authcode", "286612345678901234", "amount", fen);
          case CODEPAY_Q -> fields("authcode", "911234567890123456", "amount", fen);
          case BALANCE -> List.of(ofSet(EscrowApplication.ACCOUNT_SET, fen));
          case COUPON -> ofSet("2000000", fen);
          case COUPONLIST -> List.of(ofSet("2000000", fen));
          case WITHDRAW_TLT -> fields("payTypeName", "withdraw_tlt");
        };
    return fields(way.name(), value);
  }

  private static Map<String, Object> ofSet(String set, long fen) {
    return fields("accountSetNo", set, "amount", fen);
  }

  /** depositApply's fields. */
  Map<String, Object> deposit(Way way, long fen) {
    return with(
        Params.purchase(NAME, "nobody", fen, 0),
        "bizOrderNo",
        Market.number("deposit"),
        "bizUserId",
        NAME,
        "accountSetNo",
        EscrowApplication.ACCOUNT_SET,
        "frontUrl",
        FRONT_URL,
        "payMethod",
        by(way, fen),
        "validateType",
        proof(way));
  }

  /** The first of 0, 1, 2 that the way takes where it pays alone. */
  static int proof(Way way) {
    return switch (way) {
      case QUICKPAY_N, CODEPAY_W, CODEPAY_A, CODEPAY_Q -> 0;
      case GATEWAY,
          POSPAY,
          REALNAMEPAY,
          REALNAMEPAY_BATCH,
          WITHHOLD_TLT,
          WECHATPAY_APP,
          SCAN_WEIXIN,
          SCAN_ALIPAY,
          WECHAT_PUBLIC,
          ALIPAY_SERVICE,
          QQ_WALLET,
          BALANCE,
          COUPON,
          COUPONLIST,
          WITHDRAW_TLT ->
          1;
    };
  }

  /** Does what the payer must do for an order to be paid. */
  void finish(Way way, JsonNode opened) {
    String number = opened.get("bizOrderNo").stringValue();
    switch (way) {
      case GATEWAY -> market.payAtBank(NAME, number);
      case POSPAY -> choose(terminal(opened.get("payCode").stringValue()), "pay");
      case WECHATPAY_APP, SCAN_WEIXIN, SCAN_ALIPAY, WECHAT_PUBLIC, ALIPAY_SERVICE, QQ_WALLET ->
          choose(wallet(opened), "pay");
      case REALNAMEPAY, REALNAMEPAY_BATCH, WITHHOLD_TLT, QUICKPAY_N, BALANCE, COUPON, COUPONLIST ->
          assertThat(market.ok("pay", confirmation(opened)).get("payStatus").stringValue())
              .isIn("success", "pending");
      case CODEPAY_W, CODEPAY_A, CODEPAY_Q -> {}
      case WITHDRAW_TLT -> throw new IllegalArgumentException("pays nothing in");
    }
    awaitStatus(number, 4);
  }

  /** pay's fields with all that the order wants. */
  Map<String, Object> confirmation(JsonNode opened) {
    Map<String, Object> fields =
        fields(
            "bizUserId",
            NAME,
            "bizOrderNo",
            opened.get("bizOrderNo").stringValue(),
            "consumerIp",
            Market.number("10.0.0.1"));
    boolean quick = opened.has("isNeedPassword");
    if (!quick || opened.get("mobileFlag").intValue() == 1) {
      String orderNo = opened.get("orderNo").stringValue();
      fields.put("verificationCode", market.code(payer.requirePhone(), orderNo));
    }
    if (quick && opened.get("isNeedPassword").intValue() == 1) {
      fields.put("quickNewPwd", password(PASSWORD));
    }
    return fields;
  }

  /** A password as requests carry it. */
  String password(String digits) {
    return market.application.sealed(RsaType1.Shape.PASSWORD, digits);
  }

  /** The wallet's page that an answer leads to, as the payer's phone finds it. */
  String wallet(JsonNode opened) {
    String handed =
        opened.has("payInfo")
            ? opened.get("payInfo").stringValue()
            : opened.get("weChatAPPInfo").get("weixinstr").get("prepayid").stringValue();
    if (handed.startsWith("http")) {
      return URI.create(handed).getPath();
    }
    return to(post("/wallet", "text=" + encoded(handed)));
  }

  /** The terminal's page that a code leads to. */
  String terminal(String code) {
    return to(post("/pos", "sysid=" + market.application.sysid() + "&code=" + code));
  }

  void choose(String page, String choice) {
    assertThat(to(post(page, "choice=" + choice))).isEqualTo(page);
  }

  String page(String path) {
    return text(get(path));
  }

  HttpResponse<byte[]> get(String path) {
    return market.application.send(HttpRequest.newBuilder(at(path)).GET());
  }

  HttpResponse<byte[]> post(String path, String form) {
    return market.application.send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private URI at(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  static String to(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(303);
    return response.headers().firstValue("location").orElseThrow();
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What the channel was asked for an order. */
  ChannelRequest request(String number) {
    Order order = context.getBean(Orders.class).require(merchant(), payer.id(), number);
    return context.getBean(ChannelRequests.class).of(merchant().id(), order.id()).getFirst();
  }

  /** The channel calls us and says that so much was paid. */
  Applied report(ChannelRequest request, long fen) {
    String channelNo = request.channelNo() == null ? "1" : request.channelNo();
    return context
        .getBean(ChannelWorker.class)
        .report(
            merchant(),
            request.id(),
            Money.ofFen(fen),
            new Answer.Settled(channelNo),
            market.merchants.now(merchant()));
  }

  /** The number of twenty digits in a text. */
  static String serial(String text) {
    Matcher serial = SERIAL.matcher(text);
    assertThat(serial.find()).as(text).isTrue();
    return serial.group();
  }

  /** Does what is due until the order is there: our own scheduler may be at it, too. */
  void awaitStatus(String number, int status) {
    Awaitility.await(number)
        .atMost(PATIENCE)
        .until(() -> {
          market.runDue();
          return status(number) == status;
        });
  }

  int status(String number) {
    return market.orderStatus(NAME, number);
  }

  long clearing(Way way) {
    return market.balance(market.platform("clearing:" + way.name()));
  }
}
