package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member;
import io.tongbao.server.order.Way;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every way of paying of §5.2, over HTTP: opened, answered, finished, given back. */
@TestServer
class WaysTest {
  private static final long BALANCE = 5_000_000;

  /** The ways in which a channel brings money. */
  private static final Set<Way> CHANNELS =
      EnumSet.complementOf(EnumSet.of(Way.BALANCE, Way.COUPON, Way.COUPONLIST, Way.WITHDRAW_TLT));

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Purse purse;
  private Market market;
  private Member shop;

  @BeforeEach
  void open() {
    purse = new Purse(context, port, BALANCE);
    market = purse.market;
    shop = market.member("shop");
    market.give(market.platform("2000000"), BALANCE);
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  /** T3-6: each way, alone, on each kind of order, with each validateType. */
  @Test
  void eachWayIsTakenWhereAndAsTheSpecificationSays() {
    List<String> wrong = new ArrayList<>();
    for (Way way : Way.values()) {
      for (int type = 0; type <= 2; type++) {
        compare(wrong, way, type, "depositApply", purse.deposit(way, 100), isDeposit(way));
        compare(wrong, way, type, "consumeApply", purchase(way, 100), isPurchase(way));
        compare(
            wrong,
            way,
            type,
            "agentCollectApplySimplify",
            collection(way, 100),
            way != Way.WITHDRAW_TLT);
        compare(wrong, way, type, "withdrawApply", withdrawal(way), way == Way.WITHDRAW_TLT);
      }
    }
    assertThat(wrong).isEmpty();
    market.advance(Duration.ofHours(25));
  }

  private void compare(
      List<String> wrong,
      Way way,
      int type,
      String method,
      Map<String, Object> param,
      boolean fits) {
    EscrowAnswer answer = market.call(method, with(param, "validateType", type));
    String expected = fits ? (takes(way).indexOf(type) >= 0 ? "OK" : "40028") : "40015";
    String got = answer.isOk() ? "OK" : String.valueOf(answer.errorCode());
    if (!got.equals(expected)) {
      wrong.add(method + " " + way + " " + type + ": " + got + ", not " + expected);
    }
  }

  private static List<Integer> takes(Way way) {
    return switch (way) {
      case GATEWAY -> List.of(0, 1, 2);
      case POSPAY,
          WECHATPAY_APP,
          SCAN_WEIXIN,
          SCAN_ALIPAY,
          WECHAT_PUBLIC,
          ALIPAY_SERVICE,
          QQ_WALLET ->
          List.of(0, 1);
      case CODEPAY_W, CODEPAY_A, CODEPAY_Q, QUICKPAY_N -> List.of(0);
      case REALNAMEPAY,
          REALNAMEPAY_BATCH,
          WITHHOLD_TLT,
          BALANCE,
          COUPON,
          COUPONLIST,
          WITHDRAW_TLT ->
          List.of(1, 2);
    };
  }

  private static boolean isDeposit(Way way) {
    return !way.isInner() && way != Way.WITHDRAW_TLT;
  }

  private static boolean isPurchase(Way way) {
    return isDeposit(way) || way == Way.BALANCE;
  }

  /** Which members answer which way: nothing else, and nothing less. */
  @Test
  void eachWayAnswersWhatItsPayerNeeds() {
    CHANNELS.forEach(this::answersWhatItsPayerNeeds);
  }

  private void answersWhatItsPayerNeeds(Way way) {
    JsonNode opened = market.ok("depositApply", purse.deposit(way, 100));
    List<String> own =
        switch (way) {
          case GATEWAY, REALNAMEPAY, REALNAMEPAY_BATCH, WITHHOLD_TLT -> List.of();
          case POSPAY -> List.of("payCode");
          case WECHATPAY_APP -> List.of("weChatAPPInfo");
          case SCAN_WEIXIN, SCAN_ALIPAY, WECHAT_PUBLIC, ALIPAY_SERVICE, QQ_WALLET ->
              List.of("payInfo");
          case CODEPAY_W, CODEPAY_A, CODEPAY_Q -> List.of("payStatus");
          case QUICKPAY_N -> List.of("payStatus", "isNeedPassword", "mobileFlag");
          case BALANCE, COUPON, COUPONLIST, WITHDRAW_TLT -> throw new AssertionError(way);
        };
    TreeSet<String> expected = new TreeSet<>(own);
    expected.addAll(List.of("orderNo", "bizUserId", "bizOrderNo", "extendInfo"));
    assertThat(new TreeSet<>(opened.propertyNames())).as("%s", way).isEqualTo(expected);
    assertThat(opened.propertyNames().iterator().next()).isEqualTo("orderNo");
  }

  /** 仅交易验证方式为“0”时返回; wallets: 不返回“payStatus”. */
  @Test
  void whereNothingIsConfirmedTheStatusIsToldButForWallets() {
    for (Way way : CHANNELS) {
      Map<String, Object> param = with(purse.deposit(way, 100), "validateType", 0);
      if (takes(way).contains(0)) {
        assertThat(market.ok("depositApply", param).has("payStatus"))
            .as("%s", way)
            .isEqualTo(way.nature() != Way.Nature.VOUCHER || way == Way.POSPAY);
      }
    }
  }

  @Test
  void whatWalletsAreHandedHasTheSpecificationsShapes() {
    assertThat(payInfo(Way.SCAN_WEIXIN)).matches("http://localhost:[0-9]+/wallet/[0-9]{20}");
    assertThat(payInfo(Way.SCAN_ALIPAY)).matches("http://localhost:[0-9]+/wallet/[0-9]{20}");
    assertThat(payInfo(Way.QQ_WALLET)).matches("http://localhost:[0-9]+/wallet/[0-9]{20}");
    assertThat(payInfo(Way.ALIPAY_SERVICE)).matches("[0-9]{20}");
    JsonNode js = JsonMapper.shared().readTree(payInfo(Way.WECHAT_PUBLIC));
    assertThat(js.propertyNames())
        .contains("appId", "timeStamp", "nonceStr", "package", "signType", "paySign", "payUrl");
    assertThat(js.get("package").stringValue()).matches("prepay_id=[0-9]{20}");
    JsonNode app =
        market
            .ok("depositApply", purse.deposit(Way.WECHATPAY_APP, 100))
            .get("weChatAPPInfo")
            .get("weixinstr");
    assertThat(app.propertyNames())
        .containsExactlyInAnyOrder(
            "sign", "timestamp", "noncestr", "partnerid", "prepayid", "package", "appid");
    String code =
        market.ok("depositApply", purse.deposit(Way.POSPAY, 100)).get("payCode").stringValue();
    assertThat(code).matches("[0-9]{6}");
  }

  private String payInfo(Way way) {
    return market.ok("depositApply", purse.deposit(way, 100)).get("payInfo").stringValue();
  }

  @Test
  void depositsComeInByEachWay() {
    CHANNELS.forEach(this::depositComesIn);
  }

  private void depositComesIn(Way way) {
    long before = market.balance(purse.payer);
    long outside = purse.clearing(way);
    Map<String, Object> param = with(purse.deposit(way, 10_000), "fee", 30);
    JsonNode opened = market.ok("depositApply", param);
    String number = opened.get("bizOrderNo").stringValue();
    if (way.nature() != Way.Nature.SCANNED) {
      assertThat(purse.status(number)).as("%s", way).isEqualTo(1);
    }
    purse.finish(way, opened);
    assertThat(market.balance(purse.payer)).isEqualTo(before + 9_970);
    assertThat(purse.clearing(way)).isEqualTo(outside - 10_000);
    assertThat(market.news(number)).containsExactly("OK");
  }

  /** §4.2.17: 原路返回, POS 支付、实名付除外. */
  @Test
  void purchasesGoBackTheWayTheyCame() {
    CHANNELS.forEach(this::purchaseGoesBack);
    purchaseGoesBack(Way.BALANCE);
  }

  private void purchaseGoesBack(Way way) {
    long before = market.balance(purse.payer);
    long earned = market.balance(shop);
    JsonNode opened = market.ok("consumeApply", purchase(way, 1_000));
    String number = opened.get("bizOrderNo").stringValue();
    purse.finish(way, opened);
    assertThat(market.balance(shop)).as("%s", way).isEqualTo(earned + 1_000);
    Map<String, Object> refund = market.refund(number, Purse.NAME, 400);
    market.ok("refund", refund);
    String refundNumber = String.valueOf(refund.get("bizOrderNo"));
    purse.awaitStatus(refundNumber, 4);
    assertThat(market.balance(shop)).isEqualTo(earned + 600);
    int whereabouts = market.facts(refundNumber).getFirst().get("refundWhereabouts").intValue();
    boolean toBalance =
        List.of(Way.BALANCE, Way.POSPAY, Way.REALNAMEPAY, Way.REALNAMEPAY_BATCH).contains(way);
    assertThat(whereabouts).isEqualTo(toBalance ? 1 : 2);
    long paid = way == Way.BALANCE ? 1_000 : 0;
    assertThat(market.balance(purse.payer)).isEqualTo(before - paid + (toBalance ? 400 : 0));
  }

  @Test
  void collectionsAreCombinedWithBalanceAndCoupons() {
    for (Way way :
        List.of(
            Way.GATEWAY,
            Way.REALNAMEPAY,
            Way.REALNAMEPAY_BATCH,
            Way.WITHHOLD_TLT,
            Way.QUICKPAY_N)) {
      long balance = market.balance(purse.payer);
      long coupons = market.balance(market.platform("2000000"));
      Map<String, Object> ways = purse.by(way, 500);
      ways.putAll(purse.by(Way.BALANCE, 300));
      ways.putAll(purse.by(Way.COUPONLIST, 200));
      Map<String, Object> param =
          with(
              market.collection(Purse.NAME, 1_000, 0),
              "payMethod",
              ways,
              "frontUrl",
              Purse.FRONT_URL);
      JsonNode opened = market.ok("agentCollectApplySimplify", param);
      purse.finish(way, opened);
      assertThat(market.balance(purse.payer)).as("%s", way).isEqualTo(balance - 300);
      assertThat(market.balance(market.platform("2000000"))).isEqualTo(coupons - 200);
    }
    assertThat(market.balance(market.platform("100004"))).isEqualTo(5_000);
  }

  /** §5.2: POS, wallets and shown codes pay alone. */
  @Test
  void whatPaysAlonePaysAlone() {
    for (Way way :
        List.of(
            Way.POSPAY,
            Way.WECHATPAY_APP,
            Way.SCAN_WEIXIN,
            Way.SCAN_ALIPAY,
            Way.WECHAT_PUBLIC,
            Way.ALIPAY_SERVICE,
            Way.QQ_WALLET,
            Way.CODEPAY_W,
            Way.CODEPAY_A,
            Way.CODEPAY_Q)) {
      Map<String, Object> ways = purse.by(way, 50);
      ways.putAll(purse.by(Way.BALANCE, 50));
      assertThat(
              market.refused(
                  "consumeApply",
                  with(market.purchase(Purse.NAME, "shop", 100, 0), "payMethod", ways)))
          .as("%s", way)
          .isEqualTo("40015");
    }
  }

  @Test
  void waysThatAreClosedToTheApplicationAreNotPermitted() {
    market.set(Map.of("ways.closed", "CODEPAY_W,GATEWAY,WITHDRAW_TLT"));
    assertThat(market.refused("depositApply", purse.deposit(Way.CODEPAY_W, 100)))
        .isEqualTo("40026");
    assertThat(market.refused("depositApply", purse.deposit(Way.GATEWAY, 100))).isEqualTo("40026");
    assertThat(market.refused("withdrawApply", withdrawal(Way.WITHDRAW_TLT))).isEqualTo("40027");
    market.ok("depositApply", purse.deposit(Way.SCAN_WEIXIN, 100));
  }

  private Map<String, Object> purchase(Way way, long fen) {
    return with(
        market.purchase(Purse.NAME, "shop", fen, 0),
        "payMethod",
        purse.by(way, fen),
        "frontUrl",
        Purse.FRONT_URL,
        "validateType",
        Purse.proof(way));
  }

  private Map<String, Object> withdrawal(Way way) {
    return with(purse.deposit(way, 100), "bankCardNo", purse.card);
  }

  private Map<String, Object> collection(Way way, long fen) {
    return with(
        market.collection(Purse.NAME, fen, 0),
        "payMethod",
        purse.by(way, fen),
        "frontUrl",
        Purse.FRONT_URL);
  }
}
