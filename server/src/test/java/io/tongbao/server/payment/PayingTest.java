package io.tongbao.server.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.TestServer;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.simulated.SimulatedBank.Say;
import io.tongbao.server.merchant.Scheduler;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A payout from its acceptance to its result, and where the money is then. */
@TestServer
class PayingTest {
  @Autowired private ApplicationContext context;

  /** Nothing happens but by the test's own time. */
  @BeforeEach
  void stop() {
    context.getBean(Scheduler.class).stop();
  }

  @AfterEach
  void audit() {
    new Dealer(context).audit();
  }

  @Test
  void aPayoutIsTakenInAtOnceAndPaidLater() {
    Dealer dealer = dealer(PayoutChannel.BANKCARD, 1_000_000);
    Payout accepted = dealer.accept(dealer.card(100_000));
    assertThat(accepted.status()).isEqualTo(PayoutStatus.ACCEPTED);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000);

    dealer.settle();
    Payout paid = dealer.read(accepted);
    expect(paid, 1, 0);
    assertThat(paid.ref()).isEqualTo(accepted.ref()).matches("[0-9]{20}");
    assertThat(dealer.path(paid)).containsExactly(0, 8, 5, 1);
    assertThat(dealer.told(paid)).containsExactly(1);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000 - 107_000);
    assertThat(dealer.fees()).isEqualTo(7_000);
    assertThat(dealer.outside(PayoutChannel.BANKCARD)).isEqualTo(-1_000_000 + 100_000);
  }

  @Test
  void theFeeIsRoundedHalfUpAndTheRebateIsAShareOfIt() {
    Broker.Terms terms =
        new Broker.Terms(
            70_000, 250_000, Set.of(PayoutChannel.BANKCARD), Broker.Packets.TPT, 0, null, null);
    Dealer dealer = new Dealer(context, terms);
    dealer.topUp(PayoutChannel.BANKCARD, 10_000);
    Map.of(7L, 0L, 8L, 1L, 50L, 4L, 49L, 3L, 1L, 0L)
        .forEach((pay, fee) ->
            assertThat(dealer.broker().fee(Money.ofFen(pay))).isEqualTo(Money.ofFen(fee)));
    Payout paid = dealer.pay(dealer.card(1_050));
    expect(paid, 1, 0);
    assertThat(paid.fee()).isEqualTo(Money.ofFen(74)); // 73.5
    assertThat(dealer.rebate()).isEqualTo(19); // 18.5
    assertThat(dealer.fees()).isEqualTo(74 - 19);
  }

  @Test
  void theSameNumberIsTheSamePayoutOrNone() {
    Dealer dealer = dealer(PayoutChannel.BANKCARD, 1_000_000);
    PayoutDraft draft = dealer.card(1_000);
    Payout first = dealer.pay(draft);
    assertThat(dealer.accept(draft).ref()).isEqualTo(first.ref());
    PayoutDraft other = dealer.draft(draft.number(), draft.channel(), draft.payee(), 1_001);
    assertThatThrownBy(() -> dealer.accept(other))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.ORDER_EXISTS);
              assertThat(refusal.subject()).isEqualTo(first.ref());
            });
    dealer.settle();
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000 - 1_070);
  }

  @Test
  void aReportTakesItsNumberAndMovesNothing() {
    Dealer dealer = dealer(PayoutChannel.BANKCARD, 1_000_000);
    PayoutDraft draft = dealer.card(1_000);
    Reports.Draft report = report(dealer, draft, true);
    Reports.Report kept = dealer.reports.accept(report);
    assertThat(dealer.reports.accept(report)).isEqualTo(kept);
    refused(Reason.ORDER_EXISTS, () -> dealer.reports.accept(report(dealer, draft, false)));
    assertThatThrownBy(() -> dealer.accept(draft))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.subject()).isEqualTo(kept.ref()));
    Payout payout = dealer.pay(dealer.card(1_000));
    PayoutDraft paid =
        dealer.draft(payout.number(), payout.channel(), payout.payee(), payout.pay().fen());
    refused(Reason.ORDER_EXISTS, () -> dealer.reports.accept(report(dealer, paid, true)));
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000 - 1_070);
  }

  @Test
  void everyAnswerOfTheBankHasItsEnd() {
    Dealer dealer = dealer(PayoutChannel.BANKCARD, 10_000_000);
    Payout declined = dealer.pay(dealer.card(668_801));
    expect(declined, 2, 211);
    assertThat(dealer.told(declined)).containsExactly(2);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(10_000_000);

    Payout vague = dealer.pay(dealer.card(668_807));
    expect(vague, 5, 0);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(10_000_000 - 668_807 - 46_816);
    assertThat(dealer.outside(PayoutChannel.BANKCARD)).isEqualTo(-10_000_000);
    dealer.pass(Duration.ofSeconds(2));
    dealer.pass(Duration.ofSeconds(3));
    expect(dealer.read(vague), 1, 0);

    Payout lost = dealer.pay(dealer.card(668_808));
    dealer.pass(Duration.ofSeconds(2));
    expect(dealer.read(lost), 1, 0);
  }

  @Test
  void whatTheBankSendsBackComesBackWithItsFee() {
    Dealer dealer = dealer(PayoutChannel.BANKCARD, 10_000_000);
    Payout payout = dealer.pay(dealer.card(668_803));
    expect(payout, 1, 0);
    dealer.pass(Duration.ofDays(1));
    Payout returned = dealer.read(payout);
    expect(returned, 9, 213);
    assertThat(returned.finishedAt()).isEqualTo(payout.finishedAt());
    assertThat(dealer.told(returned)).containsExactly(1, 9);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(10_000_000);
    assertThat(dealer.fees()).isZero();
    assertThat(remarks(dealer, returned)).contains("经纪公司打款", "经纪公司打款服务费", "经纪公司退汇", "经纪公司退汇手续费");
  }

  @Test
  void theWalletsRefusalsHaveTheirDetails() {
    Dealer dealer = dealer(PayoutChannel.ALIPAY, 100_000);
    dealer.topUp(PayoutChannel.WXPAY, 100_000);
    Map.of("_err", 261, "_name", 262, "_limit", 266)
        .forEach((tail, detail) -> expect(dealer.pay(alipay(dealer, "a@b.cn" + tail)), 2, detail));
    Map.of("_wrong", 271, "_risk", 273, "_over", 274, "_mismatch", 277, "_freq", 278)
        .forEach((tail, detail) -> expect(dealer.pay(dealer.packet("o1" + tail, 100)), 2, detail));
    Payee nobody = Dealer.person(null, "a@b.cn", "11010119800101001X");
    expect(dealer.pay(dealer.draft("n1", PayoutChannel.ALIPAY, nobody, 100)), 2, 265);
    Payee untaxed = Dealer.person("张三", "6228480402637874214", null);
    expect(dealer.pay(dealer.draft("n2", PayoutChannel.BANKCARD, untaxed, 100)), 2, 265);
    Payee user = Dealer.person(null, "2088123412341234", "11010119800101001X");
    expect(dealer.pay(dealer.draft("n3", PayoutChannel.ALIPAY, user, 100)), 1, 0);
    Payee wrong = Dealer.person("错三", "a@b.cn", "11010119800101001X");
    expect(dealer.pay(dealer.draft("n4", PayoutChannel.ALIPAY, wrong, 100)), 2, 211);
    assertThat(dealer.balance(PayoutChannel.WXPAY)).isEqualTo(100_000);
    assertThat(dealer.balance(PayoutChannel.ALIPAY)).isEqualTo(100_000 - 107);
  }

  @Test
  void nothingIsPaidForNothing() {
    Dealer dealer = new Dealer(context);
    Payout payout = dealer.pay(dealer.card(0));
    expect(payout, 18, 0);
    assertThat(dealer.path(payout)).containsExactly(0, 18);
    assertThat(dealer.told(payout)).isEmpty();
  }

  @Test
  void aRedPacketWaitsForItsTakerForADay() {
    Dealer dealer = dealer(PayoutChannel.WXPAY, 100_000);
    Payout lost = dealer.pay(dealer.packet("lost_unclaimed", 10_000));
    Payout taken = dealer.pay(dealer.packet("taken_unclaimed", 10_000));
    expect(lost, 1, 27);
    assertThat(dealer.balance(PayoutChannel.WXPAY)).isEqualTo(100_000 - 2 * 10_700);
    dealer.pass(Duration.ofHours(24).minusSeconds(1));
    expect(dealer.read(lost), 1, 27);
    assertThat(dealer.say(taken.parts().getFirst(), Say.SETTLED)).isTrue();
    expect(dealer.read(taken), 1, 0);
    dealer.pass(Duration.ofSeconds(1));
    expect(dealer.read(lost), 9, 213);
    expect(dealer.read(taken), 1, 0);
    assertThat(dealer.told(lost)).containsExactly(1, 9);
    assertThat(dealer.told(taken)).containsExactly(1, 1);
    assertThat(dealer.balance(PayoutChannel.WXPAY)).isEqualTo(100_000 - 10_700);
  }

  /** The wallet knows that it was taken, and its news was lost. */
  @Test
  void somebodyAsksAfterARedPacket() {
    Dealer dealer = dealer(PayoutChannel.WXPAY, 100_000);
    Payout payout = dealer.pay(dealer.packet("quiet_unclaimed", 10_000));
    dealer
        .jdbc
        .sql(
            """
            UPDATE simbank.deal SET manner = 'PROMPT', returns_at = NULL WHERE request_id = ?
            """)
        .param(payout.parts().getFirst().request())
        .update();
    dealer.pass(Duration.ofMinutes(59));
    expect(dealer.read(payout), 1, 27);
    dealer.pass(Duration.ofMinutes(2));
    expect(dealer.read(payout), 1, 0);
  }

  @Test
  void ofTwoRedPacketsEachGoesItsOwnWay() {
    Dealer dealer = new Dealer(context, twoPackets());
    dealer.topUp(PayoutChannel.WXPAY, 1_000_000);
    Payout both = dealer.pay(dealer.packet("a_unclaimed", 10_001));
    expect(both, 1, 27);
    Part system = both.part(Part.Side.SYSTEM).orElseThrow();
    Part broker = both.part(Part.Side.BROKER).orElseThrow();
    assertThat(List.of(system.amount(), broker.amount()))
        .containsExactly(Money.ofFen(7_001), Money.ofFen(3_000));
    assertThat(system.fee().plus(broker.fee())).isEqualTo(both.fee());
    dealer.say(system, Say.SETTLED);
    expect(dealer.read(both), 1, 27);
    dealer.say(broker, Say.SETTLED);
    expect(dealer.read(both), 1, 0);

    Payout half = dealer.pay(dealer.packet("b_unclaimed", 10_000));
    Payout other = dealer.pay(dealer.packet("c_unclaimed", 10_000));
    Payout none = dealer.pay(dealer.packet("d_unclaimed", 10_000));
    dealer.say(half.part(Part.Side.SYSTEM).orElseThrow(), Say.SETTLED);
    dealer.say(other.part(Part.Side.BROKER).orElseThrow(), Say.SETTLED);
    dealer.pass(Duration.ofHours(24));
    expect(dealer.read(half), 11, 111);
    expect(dealer.read(other), 11, 112);
    expect(dealer.read(none), 9, 213);
    assertThat(dealer.told(half)).containsExactly(1, 11);
    assertThat(dealer.balance(PayoutChannel.WXPAY)).isEqualTo(1_000_000 - 10_701 - 7_490 - 3_210);
    expect(dealer.pay(dealer.packet("e_risk", 10_000)), 2, 213);
    expect(dealer.pay(dealer.packet("f", 300)), 2, 275);
  }

  /** 4.90 and 2.10 of fee, a quarter each, rounded up both would make a fen too much. */
  @Test
  void theRebateOfTwoRedPacketsIsThatOfOnePayout() {
    Broker.Terms quarter =
        new Broker.Terms(
            70_000,
            250_000,
            EnumSet.allOf(PayoutChannel.class),
            Broker.Packets.PGT,
            300_000,
            null,
            null);
    Dealer dealer = new Dealer(context, quarter);
    dealer.topUp(PayoutChannel.WXPAY, 100_000);
    expect(dealer.pay(dealer.packet("rebated", 10_000)), 1, 0);
    assertThat(dealer.rebate()).isEqualTo(175);
    assertThat(dealer.fees()).isEqualTo(700 - 175);
  }

  @Test
  void oneOfTwoRedPacketsMayFailAtSending() {
    Dealer dealer = new Dealer(context, twoPackets());
    dealer.topUp(PayoutChannel.WXPAY, 1_000_000);
    Answer.Declined no = new Answer.Declined("273", "拦截");
    Answer.Settled yes = new Answer.Settled("1");
    Answer.Settled untaken = new Answer.Settled("2", true);
    expect(answered(dealer, no, yes), 11, 211);
    expect(answered(dealer, yes, no), 11, 212);
    expect(answered(dealer, untaken, no), 1, 27);
    expect(answered(dealer, no, no), 2, 213);
    long charged = 2 * 10_000 - 7_000 - 3_000 + 7_000;
    assertThat(dealer.balance(PayoutChannel.WXPAY))
        .isEqualTo(1_000_000 - charged - charged * 7 / 100);
  }

  /** A payout whose two packets the channel answers so, the broker's first. */
  private Payout answered(Dealer dealer, Answer.Final system, Answer.Final broker) {
    Payout accepted = dealer.accept(dealer.packet("openid" + Dealer.number(), 10_000));
    context.getBean(Paying.class).run(dealer.merchant(), dealer.now());
    Payout asked = dealer.read(accepted);
    expect(asked, 5, 0);
    assertThat(dealer.hear(asked.part(Part.Side.BROKER).orElseThrow(), broker))
        .isInstanceOf(Applied.Done.class);
    assertThat(dealer.hear(asked.part(Part.Side.SYSTEM).orElseThrow(), system))
        .isInstanceOf(Applied.Done.class);
    assertThat(dealer.hear(asked.part(Part.Side.SYSTEM).orElseThrow(), system))
        .isInstanceOf(Applied.Repeated.class);
    return dealer.read(accepted);
  }

  @Test
  void whoIsNotTheDealersBrokerPaysNothing() {
    Dealer dealer = dealer(PayoutChannel.BANKCARD, 1_000);
    refused(Reason.BROKER_UNKNOWN, () -> dealer.brokers.find(dealer.merchant(), "other"));
    Dealer stranger = new Dealer(context);
    assertThat(stranger.payouts.find(stranger.merchant(), dealer.accept(dealer.card(100)).number()))
        .isEmpty();
    dealer.settle();
  }

  @Test
  void roomIsLookedForOnlyWhereSomethingChanged() {
    Dealer dealer = dealer(PayoutChannel.BANKCARD, 10_000);
    dealer.terms(HoldsTest.taxes(null, Money.ofFen(100)));
    expect(dealer.pay(dealer.card(100)), 1, 0);
    Payout over = dealer.pay(dealer.card(1));
    dealer.settle();
    HoldsTest.held(dealer.read(over), HoldCause.TAX_PERSON);
    // A change that no code makes and nothing tells of shows whether anybody looks.
    String toggle = "UPDATE payout SET person_index = sha256(person_index) WHERE id = ?";
    byte[] person = over.marks().personIndex().toArray();
    dealer.jdbc.sql(toggle).param(over.id()).update();
    dealer.settle();
    HoldsTest.held(dealer.read(over), HoldCause.TAX_PERSON);
    dealer
        .jdbc
        .sql("UPDATE payout SET person_index = ? WHERE id = ?")
        .params(person, over.id())
        .update();
    dealer.terms(HoldsTest.taxes(null, Money.ofFen(101)));
    dealer.settle();
    expect(dealer.read(over), 1, 0);
  }

  private Dealer dealer(PayoutChannel channel, long fen) {
    Dealer dealer = new Dealer(context);
    dealer.topUp(channel, fen);
    return dealer;
  }

  private static Broker.Terms twoPackets() {
    return new Broker.Terms(
        70_000, 0, EnumSet.allOf(PayoutChannel.class), Broker.Packets.PGT, 300_000, null, null);
  }

  private static PayoutDraft alipay(Dealer dealer, String account) {
    return dealer.draft(PayoutChannel.ALIPAY, account, 100);
  }

  static Reports.Draft report(Dealer dealer, PayoutDraft like, boolean succeeded) {
    return new Reports.Draft(
        dealer.merchant(),
        like.number(),
        like.channel(),
        like.broker(),
        like.payee(),
        like.pay(),
        null,
        null,
        succeeded,
        dealer.now(),
        dealer.now());
  }

  private static List<String> remarks(Dealer dealer, Payout payout) {
    return dealer
        .jdbc
        .sql(
            """
            SELECT DISTINCT e.remark FROM entry e JOIN ledger_txn t ON t.id = e.txn_id
            WHERE t.merchant_id = ? AND t.order_id = ?
            """)
        .params(payout.merchant(), payout.id())
        .query((row, _) -> row.getString(1))
        .list();
  }

  static void refused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  static void expect(Payout payout, int status, int detail) {
    assertThat(List.of(payout.status().code(), payout.detail().code()))
        .as("%s to %s", payout.pay(), payout.marks().tail())
        .containsExactly(status, detail);
  }
}
