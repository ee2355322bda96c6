package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.number;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Withdrawals over HTTP, whatever the bank says: §4.2.3. */
@TestServer
class WithdrawalTest {
  private static final long MONEY = 1_000_000;

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member member;
  private String card;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    member = market.member("member", MONEY);
    card = market.card(member);
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void theMemberPaysTheAmountAndTheBankGetsItLessTheFee() {
    String number = open(10_000, 50);
    assertThat(market.frozen(member)).isZero();
    assertThat(pay(number)).isEqualTo("success");
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.balance(member)).isEqualTo(MONEY - 10_000);
    assertThat(market.frozen(member)).isZero();
    assertThat(market.entries(member.account())).containsExactly(MONEY, -9_950L, -50L);
    assertThat(market.balance(market.platform("clearing:TLT"))).isEqualTo(9_950);
    assertThat(market.balance(market.platform("100001"))).isEqualTo(50);
    assertThat(told(number)).containsExactly("OK");
  }

  /** Both are dated with the moment at which their request came in; whose change stood first? */
  @Test
  void aCardThatWasBoundWhileTheOrderCameInIsNoAlarm() {
    String number = open(10_000, 0);
    market
        .jdbc
        .sql(
            """
            UPDATE bank_card c SET bound_at = o.created_at + interval '9 s'
            FROM orders o WHERE o.number = ? AND c.member_id = o.member_id
            """)
        .param(number)
        .update();
    assertThat(pay(number)).isEqualTo("success");
  }

  @Test
  void aDeclinedWithdrawalGivesEverythingBack() {
    String number = open(668_801 + 50, 50);
    assertThat(pay(number)).isEqualTo("fail");
    assertThat(status(number)).isEqualTo(3);
    assertThat(market.balance(member)).isEqualTo(MONEY);
    assertThat(market.frozen(member)).isZero();
    assertThat(told(number)).containsExactly("error");
  }

  @ParameterizedTest
  @CsvSource({"668802", "668807"})
  void aPendingWithdrawalHoldsTheMoneyUntilItIsKnown(long net) {
    String number = open(net, 0);
    assertThat(pay(number)).isEqualTo("pending");
    assertThat(status(number)).isEqualTo(99);
    assertThat(market.frozen(member)).isEqualTo(net);
    assertThat(market.balance(member)).isEqualTo(MONEY);
    for (int i = 0; i < 5 && status(number) == 99; i++) {
      market.advance(Duration.ofMinutes(2));
    }
    assertThat(status(number)).isEqualTo(4);
    assertThat(market.balance(member)).isEqualTo(MONEY - net);
    assertThat(told(number)).containsExactly("pending", "OK");
  }

  @Test
  void whatTheBankSendsBackTheMemberHasAgainWithoutTheFee() {
    String number = open(668_803 + 50, 50);
    assertThat(pay(number)).isEqualTo("success");
    assertThat(market.balance(member)).isEqualTo(MONEY - 668_853);
    market.advance(Duration.ofHours(25));
    assertThat(status(number)).isEqualTo(5);
    assertThat(market.balance(member)).isEqualTo(MONEY - 50);
    assertThat(market.balance(market.platform("clearing:TLT"))).isZero();
    assertThat(told(number)).containsExactly("OK", "error");
  }

  @Test
  void onTheNextDayMeansThatTheBankIsAskedThen() {
    String number = number("t1");
    market.ok("withdrawApply", with(withdrawal(number, 10_000, 0), "withdrawType", "T1"));
    assertThat(pay(number)).isEqualTo("pending");
    market.runDue();
    assertThat(status(number)).isEqualTo(99);
    assertThat(market.frozen(member)).isEqualTo(10_000);
    market.advance(Duration.ofHours(24));
    assertThat(status(number)).isEqualTo(4);
    assertThat(told(number)).containsExactly("pending", "OK");
  }

  @Test
  void nobodyWithdrawsMoreThanHeHas() {
    String number = open(MONEY + 1, 0);
    assertThat(market.refused("pay", confirmation(number))).isEqualTo("40014");
    assertThat(status(number)).isEqualTo(1);
    market.give(member.account(), 1);
    assertThat(pay(number)).isEqualTo("success");
    assertThat(market.balance(member)).isZero();
  }

  @Test
  void aChangedPhoneWaitsWhereTheMerchantSaysSo() {
    changePhone();
    assertThat(pay(open(1_000, 0))).isEqualTo("success");
    market.set(Map.of("withdraw.coolDownHours", "24"));
    assertThat(market.refused("withdrawApply", withdrawal(number("early"), 1_000, 0)))
        .isEqualTo("40015");
    market.advance(Duration.ofHours(24));
    String number = open(1_000, 0);
    Map<String, Object> confirmation = confirmation(number);
    changePhone();
    assertThat(market.refused("pay", confirmation)).isEqualTo("40015");
    assertThat(market.frozen(member)).isZero();
    market.advance(Duration.ofHours(23));
    assertThat(market.refused("withdrawApply", withdrawal(number("later"), 1_000, 0)))
        .isEqualTo("40015");
    Member fresh = market.member("fresh", 1_000);
    assertThat(fresh.phoneChangedAt()).as("a first phone is not a changed one").isNull();
  }

  private void changePhone() {
    Member now = market.members.require(market.merchant(), "member");
    Secret phone = new Secret("137" + Ids.digits(8));
    Instant at = market.merchants.now(market.merchant());
    Codes codes = context.getBean(Codes.class);
    codes.send(market.merchant(), now, phone, Purpose.BIND_PHONE, "", at);
    String code = market.code(phone, "");
    market.members.changePhone(
        now,
        phone,
        codes.redeem(market.merchant(), now, phone, Purpose.BIND_PHONE, "", code, at),
        at);
  }

  @Test
  void theCardIsLookedAtOnceMoreWhenTheMemberConfirms() {
    Cards cards = context.getBean(Cards.class);
    Card named = cards.all(member).getFirst();
    String number = open(10_000, 0);
    Map<String, Object> confirmation = confirmation(number);
    Member holder = market.members.require(market.merchant(), "member");
    Instant now = market.merchants.now(market.merchant());
    CardClaim safe =
        new CardClaim(
            BindMethod.THREE_ELEMENTS,
            named.holder(),
            named.holderIdentity(),
            new Secret("6228480000000054321"),
            null,
            null,
            null,
            true,
            null);
    context.getBean(Bindings.class).bind(market.merchant(), holder, safe, now);
    assertThat(market.refused("pay", confirmation)).isEqualTo("30029");
    cards.unbind(named, now);
    assertThat(market.refused("pay", with(confirmation, "consumerIp", "again"))).isEqualTo("30016");
    assertThat(status(number)).isEqualTo(1);
    assertThat(market.frozen(member)).isZero();
  }

  @Test
  void aLockedMemberNeitherAsksNorConfirms() {
    String number = open(10_000, 0);
    var now = market.merchants.now(market.merchant());
    market.members.lock(member, now);
    assertThat(market.refused("pay", confirmation(number))).isEqualTo("30002");
    assertThat(market.refused("withdrawApply", withdrawal(number("locked"), 1, 0)))
        .isEqualTo("30002");
    market.members.unlock(market.members.require(market.merchant(), "member"), now);
    assertThat(pay(number)).isEqualTo("success");
  }

  @Test
  void anUnconfirmedWithdrawalCloses() {
    String number = open(10_000, 0);
    market.advance(Duration.ofHours(24));
    assertThat(status(number)).isEqualTo(6);
    assertThat(told(number)).isEmpty();
    assertThat(market.balance(member)).isEqualTo(MONEY);
  }

  @ParameterizedTest
  @CsvSource({
    "amount, 0, 40020",
    "fee, 10001, 40016",
    "fee, 10000, 40020",
    "validateType, 0, 40028",
    "validateType, 2, 20004",
    "bankCardPro, 1, 30006",
    "bankCardPro, 2, 10000",
    "bankCardNo, '', 10001",
    "withdrawType, T2, 10000",
    "accountSetNo, 100004, 30018",
    "source, 0, 50004",
    "bizUserId, nobody, 30001",
  })
  void whatDoesNotFitIsRefusedByItsCode(String field, String value, String code) {
    Map<String, Object> param = with(withdrawal(number("bad"), 10_000, 0), field, value);
    assertThat(market.refused("withdrawApply", param)).isEqualTo(code);
  }

  @Test
  void onlyTheMembersOwnBoundCardsArePaidTo() {
    Member other = market.member("other");
    String foreign = market.card(other);
    assertThat(refused("bankCardNo", foreign)).isEqualTo("30016");
    assertThat(refused("payMethod", Market.balancePay(10_000))).isEqualTo("40015");
    assertThat(refused("payMethod", Map.of("WITHDRAW_TLT", Map.of("payTypeName", "x"))))
        .isEqualTo("10000");
    assertThat(refused("payMethod", Map.of("OTHER", Map.of("a", 1)))).isEqualTo("10001");
  }

  @Test
  void whoIsNotRealNamedDoesNotWithdraw() {
    market.member("nameless", 1_000);
    assertThat(refused("bizUserId", "nameless")).isEqualTo("30008");
  }

  private String refused(String field, Object value) {
    return market.refused(
        "withdrawApply", with(withdrawal(number("bad"), 10_000, 0), field, value));
  }

  private String open(long amount, long fee) {
    String number = number("withdrawal");
    JsonNode opened = market.ok("withdrawApply", withdrawal(number, amount, fee));
    assertThat(opened.get("orderNo").stringValue()).matches("[0-9]{20}");
    return number;
  }

  private String pay(String number) {
    return market.ok("pay", confirmation(number)).get("payStatus").stringValue();
  }

  private int status(String number) {
    return market.orderStatus("member", number);
  }

  /** What the merchant hears of an order, also where the notice is already on its way. */
  private List<String> told(String number) {
    return market
        .jdbc
        .sql(
            """
            SELECT n.facts ->> 'status'
              FROM (SELECT id, subject, facts FROM news UNION SELECT id, subject, facts FROM notice
                    UNION SELECT id, subject, facts FROM notice_done) n
              JOIN orders o ON o.id = n.subject
             WHERE o.merchant_id = ? AND o.number = ? ORDER BY n.id
            """)
        .params(market.merchant().id(), number)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private Map<String, Object> confirmation(String number) {
    String orderNo =
        market
            .jdbc
            .sql("SELECT order_no FROM orders WHERE merchant_id = ? AND number = ?")
            .params(market.merchant().id(), number)
            .query(String.class)
            .single();
    return with(market.confirmation("member", number, orderNo), "consumerIp", number("10.0.0.1"));
  }

  private Map<String, Object> withdrawal(String number, long amount, long fee) {
    return fields(
        "bizOrderNo",
        number,
        "bizUserId",
        "member",
        "accountSetNo",
        "200001",
        "amount",
        amount,
        "fee",
        fee,
        "backUrl",
        Market.BACK_URL,
        "payMethod",
        Map.of("WITHDRAW_TLT", Map.of("payTypeName", "withdraw_tlt")),
        "bankCardNo",
        card,
        "industryCode",
        "1910",
        "industryName",
        "其他",
        "source",
        2);
  }
}
