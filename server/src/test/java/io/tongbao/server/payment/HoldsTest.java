package io.tongbao.server.payment;

import static io.tongbao.server.payment.PayingTest.expect;
import static io.tongbao.server.payment.PayingTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What holds a payout, and what lets it go: chapter 2, section 4, each at its edge. */
@TestServer
class HoldsTest {
  @Autowired private ApplicationContext context;

  /** Nothing happens but by the test's own time. */
  @BeforeEach
  void stop() {
    context.getBean(Scheduler.class).stop();
  }

  @AfterEach
  void audit() {
    Dealer dealer = new Dealer(context);
    for (PayoutChannel channel : PayoutChannel.values()) {
      dealer.maintenance.set(channel.name(), false);
    }
    dealer.audit();
  }

  @Test
  void aFenTooLittleHoldsAndTheFenThatLacksLetsGo() {
    Dealer dealer = new Dealer(context);
    dealer.set(PayoutNews.TELL_HELD, "true");
    dealer.topUp(PayoutChannel.BANKCARD, 10_699);
    Payout payout = dealer.pay(dealer.card(10_000));
    held(payout, HoldCause.BALANCE);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(10_699);
    dealer.topUp(PayoutChannel.ALIPAY, 1);
    dealer.settle();
    held(dealer.read(payout), HoldCause.BALANCE);
    dealer.topUp(PayoutChannel.BANKCARD, 1);
    expect(dealer.read(payout), 8, 0);
    dealer.settle();
    expect(dealer.read(payout), 1, 0);
    assertThat(dealer.path(payout)).containsExactly(0, 4, 8, 5, 1);
    assertThat(dealer.told(payout)).containsExactly(4, 1);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isZero();
  }

  @Test
  void whoCameFirstGoesFirst() {
    Dealer dealer = new Dealer(context);
    Payout large = dealer.pay(dealer.card(10_000));
    Payout small = dealer.pay(dealer.card(100));
    dealer.topUp(PayoutChannel.BANKCARD, 10_000);
    dealer.settle();
    held(dealer.read(small), HoldCause.BALANCE);
    dealer.topUp(PayoutChannel.BANKCARD, 700 + 107);
    dealer.settle();
    expect(dealer.read(large), 1, 0);
    expect(dealer.read(small), 1, 0);
  }

  @Test
  void anOperatorMayCancelDeleteOrLetGo() {
    Dealer dealer = new Dealer(context);
    Payout cancelled = dealer.pay(dealer.card(10_000));
    Payout deleted = dealer.pay(dealer.card(10_000));
    dealer.payouts.cancel(dealer.merchant(), cancelled.number(), dealer.now());
    dealer.payouts.delete(dealer.merchant(), deleted.number(), dealer.now());
    expect(dealer.read(cancelled), 15, 0);
    expect(dealer.read(deleted), -1, 0);
    refused(
        Reason.WRONG_ORDER_STATE,
        () -> dealer.payouts.release(dealer.merchant(), cancelled.number(), dealer.now()));
    Payout released = dealer.pay(dealer.card(10_000));
    dealer.payouts.release(dealer.merchant(), released.number(), dealer.now());
    expect(dealer.read(released), 8, 0);
    dealer.settle();
    held(dealer.read(released), HoldCause.BALANCE);
    assertThat(dealer.path(released)).containsExactly(0, 4, 8, 4);
    dealer.topUp(PayoutChannel.BANKCARD, 100_000);
    dealer.settle();
    expect(dealer.read(released), 1, 0);
    refused(
        Reason.WRONG_ORDER_STATE,
        () -> dealer.payouts.cancel(dealer.merchant(), released.number(), dealer.now()));
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(100_000 - 10_700);
  }

  @Test
  void beyondWeChatsDayAsMuchAgainWaitsForTheNextAndNoFenMore() {
    Dealer dealer = new Dealer(context);
    dealer.set("wxpay.day", "10000");
    dealer.topUp(PayoutChannel.WXPAY, 1_000_000);
    expect(dealer.pay(dealer.packet("u1", 9_900)), 1, 0);
    expect(dealer.pay(dealer.packet("u2", 100)), 1, 0);
    Payout over = dealer.pay(dealer.packet("u3", 100));
    held(over, HoldCause.DAY_LIMIT);
    Payout also = dealer.pay(dealer.packet("u4", 9_799));
    held(also, HoldCause.DAY_LIMIT);
    refused(Reason.RULE_LIMIT, () -> dealer.accept(dealer.packet("u5", 102)));
    Payout last = dealer.pay(dealer.packet("u5", 101));
    held(last, HoldCause.DAY_LIMIT);
    refused(
        Reason.WRONG_ORDER_STATE,
        () -> dealer.payouts.release(dealer.merchant(), over.number(), dealer.now()));
    dealer.until(BeijingTime.parseSeconds("2030-01-16 00:00:00").minusSeconds(1));
    held(dealer.read(over), HoldCause.DAY_LIMIT);
    dealer.pass(Duration.ofSeconds(1));
    expect(dealer.read(over), 1, 0);
    expect(dealer.read(also), 1, 0);
    expect(dealer.read(last), 1, 0);
    // The queue has taken all of this day.
    held(dealer.pay(dealer.packet("u6", 100)), HoldCause.DAY_LIMIT);
  }

  @Test
  void aCancelledPayoutGivesItsRoomBack() {
    Dealer dealer = new Dealer(context);
    dealer.set("wxpay.day", "10000");
    Payout first = dealer.pay(dealer.packet("u1", 10_000));
    held(first, HoldCause.BALANCE);
    Payout queued = dealer.pay(dealer.packet("u2", 10_000));
    refused(Reason.RULE_LIMIT, () -> dealer.accept(dealer.packet("u3", 100)));
    dealer.payouts.cancel(dealer.merchant(), queued.number(), dealer.now());
    Payout again = dealer.pay(dealer.packet("u3", 10_000));
    held(again, HoldCause.DAY_LIMIT);
    dealer.payouts.cancel(dealer.merchant(), first.number(), dealer.now());
    // The queue is full, but this day has nothing to pay any more.
    dealer.topUp(PayoutChannel.WXPAY, 100_000);
    expect(dealer.pay(dealer.packet("u4", 10_000)), 1, 0);
    refused(Reason.RULE_LIMIT, () -> dealer.accept(dealer.packet("u5", 100)));
    dealer.until(BeijingTime.parseSeconds("2030-01-16 00:00:00"));
    expect(dealer.read(again), 1, 0);
  }

  @Test
  void cardsAreRefusedBeyondTheirDay() {
    Dealer dealer = new Dealer(context);
    for (int i = 0; i < 4; i++) {
      dealer.accept(dealer.card(i == 3 ? 499_999_999 : 500_000_000));
    }
    refused(Reason.RULE_LIMIT, () -> dealer.accept(dealer.card(2)));
    dealer.accept(dealer.card(1));
    refused(Reason.RULE_LIMIT, () -> dealer.accept(dealer.card(1)));
    dealer.settle();
    // None could be paid on its day: on the next one they take room of that.
    dealer.until(BeijingTime.parseSeconds("2030-01-16 00:00:00"));
    dealer.accept(dealer.card(500_000_000));
    dealer.topUp(PayoutChannel.BANKCARD, 3_000_000_000L);
    dealer.settle();
    // Which of them fit into what is left is a race; that no fen more fits is the audit's.
    assertThat(paid(dealer)).isBetween(4, 5);
    dealer.until(BeijingTime.parseSeconds("2030-01-17 00:00:00"));
    assertThat(paid(dealer)).isEqualTo(6);
  }

  @Test
  void alipayIsRefusedBeyondItsDay() {
    Dealer dealer = new Dealer(context);
    for (int i = 0; i < 20; i++) {
      dealer.accept(alipay(dealer, i == 19 ? 99_999_999 : 100_000_000));
    }
    refused(Reason.RULE_LIMIT, () -> dealer.accept(alipay(dealer, 2)));
    dealer.accept(alipay(dealer, 1));
    refused(Reason.RULE_LIMIT, () -> dealer.accept(alipay(dealer, 1)));
  }

  /** More than are looked at in a round wait, all of them in vain; what is behind them does not. */
  @Test
  void nobodyStandsBehindAPayoutThatWaitsForSomethingElse() {
    Dealer dealer = taxed(null, Money.ofFen(100));
    dealer.maintenance.set(PayoutChannel.WXPAY.name(), true);
    dealer.maintenance.set(PayoutChannel.ALIPAY.name(), true);
    for (int i = 0; i < 201; i++) {
      dealer.accept(dealer.packet("u" + i, 100));
      dealer.accept(dealer.card(300));
    }
    dealer.settle();
    Payout shut = dealer.pay(alipay(dealer, 100));
    held(shut, HoldCause.MAINTENANCE);
    dealer.maintenance.set(PayoutChannel.ALIPAY.name(), false);
    dealer.settle();
    held(dealer.read(shut), HoldCause.BALANCE);
    dealer.maintenance.set(PayoutChannel.WXPAY.name(), false);
    dealer.settle();
    dealer.topUp(PayoutChannel.ALIPAY, 100);
    dealer.settle();
    expect(dealer.read(shut), 1, 0);

    Payout over = dealer.pay(other(dealer, 101));
    held(over, HoldCause.TAX_PERSON);
    dealer.terms(taxes(null, Money.ofFen(200)));
    dealer.settle();
    expect(dealer.read(over), 1, 0);
    assertThat(paid(dealer)).isEqualTo(2);
  }

  @Test
  void aSinglePayoutHasItsLimits() {
    Dealer dealer = new Dealer(context);
    refused(Reason.WRONG_ORDER_AMOUNT, () -> dealer.accept(dealer.card(500_000_001)));
    dealer.accept(dealer.card(500_000_000));
    dealer.accept(dealer.card(1));
    refused(Reason.WRONG_ORDER_AMOUNT, () -> dealer.accept(alipay(dealer, 100_000_001)));
    dealer.accept(alipay(dealer, 100_000_000));
    refused(Reason.WRONG_ORDER_AMOUNT, () -> dealer.accept(dealer.packet("u", 99)));
    refused(Reason.WRONG_ORDER_AMOUNT, () -> dealer.accept(dealer.packet("u", 20_001)));
    dealer.accept(dealer.packet("u", 100));
    dealer.accept(dealer.packet("u", 20_000));
    dealer.set("wxpay.most", "10000000");
    dealer.accept(dealer.packet("u", 499_900));
    refused(Reason.WRONG_ORDER_AMOUNT, () -> dealer.accept(dealer.packet("u", 499_901)));
    refused(Reason.NEGATIVE_AMOUNT, () -> dealer.accept(dealer.card(-1)));
    dealer.set("balance.refuse", "true");
    dealer.topUp(PayoutChannel.BANKCARD, 10_699);
    refused(Reason.INSUFFICIENT_BALANCE, () -> dealer.accept(dealer.card(10_000)));
    dealer.topUp(PayoutChannel.BANKCARD, 1);
    dealer.accept(dealer.card(10_000));
  }

  @Test
  void betweenTwoPacketsToOneAreFifteenSeconds() {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.WXPAY, 1_000_000);
    Payout first = dealer.pay(dealer.packet("same", 100));
    Payout second = dealer.pay(dealer.packet("same", 100));
    Payout third = dealer.pay(dealer.packet("same", 100));
    Payout other = dealer.pay(dealer.packet("other", 100));
    expect(first, 1, 0);
    expect(second, 0, 0);
    expect(other, 1, 0);
    dealer.pass(Duration.ofSeconds(15).minusMillis(1));
    expect(dealer.read(second), 0, 0);
    dealer.pass(Duration.ofMillis(1));
    expect(dealer.read(second), 1, 0);
    expect(dealer.read(third), 0, 0);
    dealer.pass(Duration.ofSeconds(15));
    expect(dealer.read(third), 1, 0);
  }

  @Test
  void oneIsPaidAHundredTimesADay() {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.WXPAY, 1_000_000);
    Payout payout = dealer.pay(dealer.packet("same", 100));
    dealer
        .jdbc
        .sql("UPDATE payout_payee_day SET times = 99 WHERE merchant_id = ?")
        .param(dealer.merchant().id())
        .update();
    dealer.pass(Duration.ofSeconds(15));
    expect(dealer.pay(dealer.packet("same", 100)), 1, 0);
    dealer.pass(Duration.ofSeconds(15));
    Payout over = dealer.pay(dealer.packet("same", 100));
    expect(over, 2, 274);
    assertThat(dealer.balance(PayoutChannel.WXPAY)).isEqualTo(1_000_000 - 214);
    dealer.until(BeijingTime.parseSeconds("2030-01-16 00:00:00"));
    expect(dealer.pay(dealer.packet("same", 100)), 1, 0);
    expect(dealer.read(payout), 1, 0);
  }

  @Test
  void maintenanceHoldsUntilItIsOver() {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.ALIPAY, 100_000);
    dealer.topUp(PayoutChannel.BANKCARD, 100_000);
    dealer.maintenance.set(PayoutChannel.ALIPAY.name(), true);
    Payout alipay = dealer.pay(alipay(dealer, 1_000));
    held(alipay, HoldCause.MAINTENANCE);
    expect(dealer.pay(dealer.card(1_000)), 1, 0);
    dealer.payouts.release(dealer.merchant(), alipay.number(), dealer.now());
    dealer.settle();
    held(dealer.read(alipay), HoldCause.MAINTENANCE);
    dealer.maintenance.set(PayoutChannel.ALIPAY.name(), false);
    dealer.settle();
    expect(dealer.read(alipay), 1, 0);
  }

  @Test
  void whatOnePersonGetsInAMonthHasAnEdge() {
    Dealer dealer = taxed(null, Money.ofFen(100_000));
    expect(dealer.pay(dealer.card(99_999)), 1, 0);
    expect(dealer.pay(dealer.card(1)), 1, 0);
    Payout over = dealer.pay(dealer.card(1));
    held(over, HoldCause.TAX_PERSON);
    expect(dealer.pay(other(dealer, 100_000)), 1, 0);
    dealer.until(BeijingTime.parseSeconds("2030-02-01 00:00:00").minusSeconds(1));
    held(dealer.read(over), HoldCause.TAX_PERSON);
    dealer.pass(Duration.ofSeconds(1));
    expect(dealer.read(over), 1, 0);
  }

  @Test
  void whatPersonsGetOnAverageHasAnEdge() {
    Dealer dealer = taxed(Money.ofFen(10_000), null);
    expect(dealer.pay(dealer.card(9_999)), 1, 0);
    Payout over = dealer.pay(dealer.card(2));
    held(over, HoldCause.TAX_AVERAGE);
    Payout waived = dealer.pay(dealer.card(3));
    held(waived, HoldCause.TAX_AVERAGE);
    dealer.payouts.release(dealer.merchant(), waived.number(), dealer.now());
    dealer.settle();
    expect(dealer.read(waived), 1, 0);
    held(dealer.read(over), HoldCause.TAX_AVERAGE);
    // A second person with 99.96 makes the average 99.99; with 0.02 more it is full to the fen.
    expect(dealer.pay(other(dealer, 9_996)), 1, 0);
    expect(dealer.read(over), 1, 0);
    held(dealer.pay(dealer.card(1)), HoldCause.TAX_AVERAGE);
  }

  @Test
  void whatComesBackLeavesTheMonth() {
    Dealer dealer = taxed(null, Money.ofFen(668_803));
    dealer.topUp(PayoutChannel.BANKCARD, 10_000_000);
    Payout back = dealer.pay(dealer.card(668_803));
    Payout over = dealer.pay(dealer.card(1));
    held(over, HoldCause.TAX_PERSON);
    dealer.pass(Duration.ofDays(1));
    expect(dealer.read(back), 9, 213);
    dealer.settle();
    expect(dealer.read(over), 1, 0);
  }

  @Test
  void theSandboxsAmountsAreHeldOnce() {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.BANKCARD, 100_000_000);
    Payout balance = dealer.pay(dealer.card(668_804));
    Payout maintenance = dealer.pay(dealer.card(668_805));
    Payout tax = dealer.pay(dealer.card(668_806));
    held(balance, HoldCause.BALANCE);
    held(maintenance, HoldCause.MAINTENANCE);
    held(tax, HoldCause.TAX_AVERAGE);
    dealer.pass(Duration.ofMinutes(10).minusSeconds(1));
    held(dealer.read(maintenance), HoldCause.MAINTENANCE);
    dealer.pass(Duration.ofSeconds(1));
    expect(dealer.read(maintenance), 1, 0);
    dealer.topUp(PayoutChannel.BANKCARD, 1);
    dealer.settle();
    expect(dealer.read(balance), 1, 0);
    dealer.payouts.release(dealer.merchant(), tax.number(), dealer.now());
    dealer.settle();
    expect(dealer.read(tax), 1, 0);
  }

  private Dealer taxed(@Nullable Money average, @Nullable Money highest) {
    Dealer dealer = new Dealer(context, taxes(average, highest));
    dealer.topUp(PayoutChannel.BANKCARD, 10_000_000);
    return dealer;
  }

  static Broker.Terms taxes(@Nullable Money average, @Nullable Money highest) {
    return new Broker.Terms(
        0, 0, EnumSet.allOf(PayoutChannel.class), Broker.Packets.TPT, 0, average, highest);
  }

  private static PayoutDraft alipay(Dealer dealer, long fen) {
    return dealer.draft(PayoutChannel.ALIPAY, "a@b.cn", fen);
  }

  private static PayoutDraft other(Dealer dealer, long fen) {
    Payee payee = Dealer.person("李四", Dealer.CARD, "120101198812142146");
    return dealer.draft(Dealer.number(), PayoutChannel.BANKCARD, payee, fen);
  }

  private static int paid(Dealer dealer) {
    return dealer
        .jdbc
        .sql("SELECT count(*) FROM payout WHERE merchant_id = ? AND status = 1")
        .param(dealer.merchant().id())
        .query((row, _) -> row.getInt(1))
        .single();
  }

  static void held(Payout payout, HoldCause cause) {
    expect(payout, 4, 0);
    Standing.Hold hold = Objects.requireNonNull(payout.hold());
    assertThat(hold.cause()).isEqualTo(cause);
    Instant until = hold.until();
    if (cause == HoldCause.DAY_LIMIT) {
      assertThat(until).isNotNull();
    }
  }
}
