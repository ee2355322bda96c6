package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Member;
import io.tongbao.server.order.Way;
import io.tongbao.wire.crypto.RsaType1;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** 新移动快捷 (§4.2.11) and 通联通代扣: which cards they take, and what the payer must show. */
@TestServer
class BoundCardTest {
  private static final long BALANCE = 1_000_000;
  private static final String CREDIT_CARD = "6228498866880000001";

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  @Autowired private Bindings bindings;
  private Purse purse;
  private Market market;

  @BeforeEach
  void open() {
    purse = new Purse(context, port, BALANCE);
    market = purse.market;
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void quickpayAsksForWhatItSaidItWouldAskFor() {
    market.set(Map.of("quickpay.passwordFrom", "1000", "quickpay.codeFrom", "2000"));
    assertFlags(999, 0, 1);
    assertFlags(1_000, 1, 0);
    assertFlags(2_000, 1, 1);
    market.set(Map.of("quickpay.passwordFrom", "0", "quickpay.codeFrom", "0"));
    assertFlags(1, 1, 1);
  }

  private void assertFlags(long fen, int password, int code) {
    JsonNode opened = market.ok("depositApply", purse.deposit(Way.QUICKPAY_N, fen));
    assertThat(opened.get("isNeedPassword").intValue()).isEqualTo(password);
    assertThat(opened.get("mobileFlag").intValue()).isEqualTo(code);
    Map<String, Object> right = purse.confirmation(opened);
    if (password == 1) {
      assertThat(market.refused("pay", with(right, "quickNewPwd", ""))).isEqualTo("10001");
    }
    if (code == 1) {
      assertThat(market.refused("pay", with(right, "verificationCode", ""))).isEqualTo("10001");
      assertThat(market.refused("pay", with(right, "verificationCode", "0000000")))
          .isEqualTo("50001");
    }
    long before = market.balance(purse.payer);
    assertThat(market.ok("pay", with(right, "consumerIp", "again")).get("payStatus").stringValue())
        .isEqualTo("success");
    assertThat(market.balance(purse.payer)).isEqualTo(before + fen);
  }

  @Test
  void fiveWrongPasswordsLockQuickpay() {
    market.set(Map.of("quickpay.codeFrom", "1000000"));
    JsonNode opened = market.ok("depositApply", purse.deposit(Way.QUICKPAY_N, 100));
    Map<String, Object> right = purse.confirmation(opened);
    for (int i = 0; i < 4; i++) {
      assertThat(market.refused("pay", wrong(right, "24680" + i))).isEqualTo("9000");
    }
    assertThat(market.refused("pay", wrong(right, "246809"))).isEqualTo("30033");
    assertThat(market.refused("pay", with(right, "consumerIp", "once more"))).isEqualTo("30033");
    assertThat(purse.status(opened.get("bizOrderNo").stringValue())).isEqualTo(1);
  }

  private Map<String, Object> wrong(Map<String, Object> right, String password) {
    return with(
        right, "quickNewPwd", purse.password(password), "consumerIp", Market.number("10.0.0.1"));
  }

  @Test
  void quickpayBesideTheBalanceIsConfirmedByOneCall() {
    Member shop = market.member("shop");
    Map<String, Object> ways = purse.by(Way.QUICKPAY_N, 700);
    ways.putAll(purse.by(Way.BALANCE, 300));
    Map<String, Object> param =
        with(market.purchase(Purse.NAME, "shop", 1_000, 0), "payMethod", ways);
    assertThat(market.refused("consumeApply", with(param, "validateType", 0))).isEqualTo("40028");
    assertThat(market.refused("consumeApply", with(param, "validateType", 2))).isEqualTo("40028");
    JsonNode opened = market.ok("consumeApply", with(param, "validateType", 1));
    assertThat(opened.has("payStatus")).isFalse();
    assertThat(opened.get("mobileFlag").intValue()).isEqualTo(1);
    assertThat(market.ok("pay", purse.confirmation(opened)).get("payStatus").stringValue())
        .isEqualTo("success");
    assertThat(market.balance(shop)).isEqualTo(1_000);
    assertThat(market.balance(purse.payer)).isEqualTo(BALANCE - 300);
    assertThat(purse.clearing(Way.QUICKPAY_N)).isEqualTo(-700);
  }

  @Test
  void quickpayWantsItsCardItsPasswordAndItsPermission() {
    Member other = market.member("other");
    String plain = market.card(other);
    assertThat(refused(Way.QUICKPAY_N, "other", plain)).isEqualTo("30016");
    bind(other, BindMethod.QUICKPAY, market.cardNumber(other));
    assertThat(refused(Way.QUICKPAY_N, "other", plain)).isEqualTo("30032");
    market.set(Map.of("bind.quickpay", "false"));
    assertThat(market.refused("depositApply", purse.deposit(Way.QUICKPAY_N, 100)))
        .isEqualTo("40026");
  }

  @Test
  void withholdingDebitsAnyDebitCardOfTheMembers() {
    String three = "6228480000000012345";
    bind(purse.payer, BindMethod.THREE_ELEMENTS, three);
    bind(purse.payer, BindMethod.THREE_ELEMENTS, CREDIT_CARD);
    assertThat(refused(Way.REALNAMEPAY, Purse.NAME, sealed(three))).isEqualTo("30016");
    assertThat(refused(Way.REALNAMEPAY_BATCH, Purse.NAME, sealed(three))).isEqualTo("30016");
    assertThat(refused(Way.WITHHOLD_TLT, Purse.NAME, sealed(CREDIT_CARD))).isEqualTo("40012");
    assertThat(refused(Way.WITHHOLD_TLT, Purse.NAME, sealed("6228480000000054321")))
        .isEqualTo("30016");
    JsonNode opened =
        market.ok("depositApply", paidBy(Way.WITHHOLD_TLT, Purse.NAME, sealed(three)));
    assertThat(market.ok("pay", purse.confirmation(opened)).get("payStatus").stringValue())
        .isEqualTo("success");
    assertThat(market.balance(purse.payer)).isEqualTo(BALANCE + 100);
  }

  @Test
  void aCardThatIsUnboundMeanwhileIsNotDebited() {
    Cards cards = context.getBean(Cards.class);
    List<JsonNode> opened =
        Stream.of(Way.REALNAMEPAY, Way.WITHHOLD_TLT, Way.QUICKPAY_N)
            .map(way -> market.ok("depositApply", purse.deposit(way, 100)))
            .toList();
    cards.unbind(cards.all(purse.payer).getFirst(), market.merchants.now(market.merchant()));
    for (JsonNode each : opened) {
      assertThat(market.refused("pay", purse.confirmation(each))).isEqualTo("30016");
      assertThat(purse.status(each.get("bizOrderNo").stringValue())).isEqualTo(1);
    }
  }

  @Test
  void withholdingMayBeDecidedLater() {
    JsonNode opened = market.ok("depositApply", purse.deposit(Way.WITHHOLD_TLT, 668_807));
    String number = opened.get("bizOrderNo").stringValue();
    assertThat(market.ok("pay", purse.confirmation(opened)).get("payStatus").stringValue())
        .isEqualTo("pending");
    for (int i = 0; i < 5 && purse.status(number) == 99; i++) {
      market.advance(Duration.ofMinutes(2));
    }
    assertThat(purse.status(number)).isEqualTo(4);
    JsonNode refused = market.ok("depositApply", purse.deposit(Way.WITHHOLD_TLT, 668_801));
    assertThat(market.ok("pay", purse.confirmation(refused)).get("payStatus").stringValue())
        .isEqualTo("fail");
  }

  private void bind(Member member, BindMethod method, String number) {
    Member named = market.members.require(market.merchant(), member.bizUserId());
    boolean three = method == BindMethod.THREE_ELEMENTS;
    CardClaim claim =
        new CardClaim(
            method,
            new Secret("王小二"),
            new Secret("610422198600000000"),
            new Secret(number),
            phone(named, three),
            null,
            null,
            false,
            null);
    bindings.bind(market.merchant(), named, claim, market.merchants.now(market.merchant()));
  }

  private static @Nullable Secret phone(Member member, boolean none) {
    return none ? null : member.requirePhone();
  }

  private String sealed(String number) {
    return market.application.sealed(RsaType1.Shape.ACCOUNT, number);
  }

  private Map<String, Object> paidBy(Way way, String member, String card) {
    return with(
        purse.deposit(way, 100),
        "bizUserId",
        member,
        "payMethod",
        Map.of(way.name(), Map.of("bankCardNo", card, "amount", 100)));
  }

  private String refused(Way way, String member, String card) {
    return market.refused("depositApply", paidBy(way, member, card));
  }
}
