package io.tongbao.server.payment;

import static io.tongbao.server.payment.PayingTest.expect;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.TestServer;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.channel.simulated.SimulatedBank;
import io.tongbao.server.merchant.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Sixty-four at the same time, and servers that die in between. THREATS T2-4, T2-5. */
@TestServer
class PayoutContentionTest {
  private static final int THREADS = 64;

  @Autowired private ApplicationContext context;

  @BeforeEach
  void stop() {
    context.getBean(Scheduler.class).stop();
  }

  @AfterEach
  void audit() {
    new Dealer(context).audit();
  }

  @Test
  void theSameOrderIsOnePayment() throws Exception {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.BANKCARD, 1_000_000);
    PayoutDraft draft = dealer.card(1_000);
    Set<String> refs = new TreeSet<>(together(_ -> dealer.accept(draft).ref()));
    assertThat(refs).hasSize(1);
    rushWorkers(dealer);
    dealer.settle();
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000 - 1_070);
    assertThat(dealer.path(dealer.payouts.find(dealer.merchant(), draft.number()).orElseThrow()))
        .containsExactly(0, 8, 5, 1);
  }

  @Test
  void oneNumberOfManyContentsIsOnePayout() throws Exception {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.BANKCARD, 1_000_000);
    String number = Dealer.number();
    Payee payee = dealer.card(1).payee();
    List<@Nullable String> refs =
        together(i -> ref(dealer, dealer.draft(number, PayoutChannel.BANKCARD, payee, 1_000 + i)));
    Payout winner = dealer.payouts.find(dealer.merchant(), number).orElseThrow();
    assertThat(refs).containsOnlyOnce(winner.ref());
    dealer.settle();
    long paid = winner.due().fen();
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000 - paid);
  }

  @Test
  void noMoreIsPaidThanThereIs() throws Exception {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.BANKCARD, 20 * 1_070 + 1_069);
    together(_ -> dealer.accept(dealer.card(1_000)).ref());
    rushWorkers(dealer);
    dealer.settle();
    assertThat(count(dealer, 1)).isEqualTo(20);
    assertThat(count(dealer, 4)).isEqualTo(THREADS - 20);
    dealer.topUp(PayoutChannel.BANKCARD, 1);
    dealer.settle();
    assertThat(count(dealer, 1)).isEqualTo(21);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isZero();
  }

  @Test
  void aDayHasRoomForExactlySoMuchAndItsQueueForAsMuchAgain() throws Exception {
    Dealer dealer = new Dealer(context);
    dealer.set("wxpay.day", "10099");
    dealer.topUp(PayoutChannel.WXPAY, 1_000_000);
    List<@Nullable String> refs = together(i -> ref(dealer, dealer.packet("u" + i, 1_000)));
    assertThat(refs.stream().filter(ref -> ref != null)).hasSize(20);
    dealer.settle();
    assertThat(count(dealer, 1)).isEqualTo(10);
    assertThat(count(dealer, 4)).isEqualTo(10);
    dealer.pass(Duration.ofHours(12));
    assertThat(count(dealer, 1)).isEqualTo(20);
  }

  @Test
  void onePersonIsPaidNoMoreThanTheMonthAllows() throws Exception {
    Broker.Terms terms =
        new Broker.Terms(
            0,
            0,
            EnumSet.allOf(PayoutChannel.class),
            Broker.Packets.TPT,
            0,
            Money.ofFen(7_999),
            Money.ofFen(9_999));
    Dealer dealer = new Dealer(context, terms);
    dealer.topUp(PayoutChannel.BANKCARD, 1_000_000);
    together(_ -> dealer.accept(dealer.card(1_000)).ref());
    rushWorkers(dealer);
    dealer.settle();
    assertThat(count(dealer, 1)).isEqualTo(7);
    assertThat(count(dealer, 4)).isEqualTo(THREADS - 7);
  }

  @Test
  void oneOpenidIsPaidEveryFifteenSeconds() throws Exception {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.WXPAY, 1_000_000);
    together(_ -> dealer.accept(dealer.packet("same", 100)).ref());
    rushWorkers(dealer);
    for (int paid = 1; paid < 5; paid++) {
      assertThat(count(dealer, 1)).isEqualTo(paid);
      dealer.pass(Duration.ofSeconds(15).minusMillis(1));
      assertThat(count(dealer, 1)).isEqualTo(paid);
      dealer.pass(Duration.ofMillis(1));
    }
  }

  @Test
  void whatIsCancelledIsNotPaidAndWhatIsPaidIsNotCancelled() throws Exception {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.BANKCARD, 1_000_000);
    List<Payout> accepted = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      accepted.add(dealer.accept(dealer.card(1_000)));
    }
    Paying paying = context.getBean(Paying.class);
    together(i ->
        i % 2 == 0
            ? cancelled(dealer, accepted.get(i / 2))
            : paying.run(dealer.merchant(), dealer.now()) > 0);
    dealer.settle();
    int paid = count(dealer, 1);
    assertThat(paid + count(dealer, 15)).isEqualTo(32);
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000 - paid * 1_070L);
  }

  /** Died after the answer "0000": the row is all that the next server has. */
  @Test
  void whatWasAcceptedIsPaidByWhoeverLives() {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.BANKCARD, 1_000_000);
    Payout payout = dealer.accept(dealer.card(1_000));
    dealer.pass(Duration.ofMinutes(10));
    expect(dealer.read(payout), 1, 0);
  }

  /** Died when the money was set aside, when the bank was about to be asked, or after it was. */
  @Test
  void aServerThatDiesWhileAskingIsTakenOver() {
    Dealer dealer = new Dealer(context);
    dealer.topUp(PayoutChannel.BANKCARD, 1_000_000);
    Payout unasked = asked(dealer);
    Payout untold = asked(dealer);
    dies(dealer, untold);
    Payout unheard = asked(dealer);
    dies(dealer, unheard);
    tellBank(dealer, unheard);
    dealer.pass(Duration.ofMinutes(10));
    for (Payout payout : List.of(unasked, untold, unheard)) {
      expect(dealer.read(payout), 1, 0);
    }
    assertThat(dealer.balance(PayoutChannel.BANKCARD)).isEqualTo(1_000_000 - 3 * 1_070);
    assertThat(dealer.outside(PayoutChannel.BANKCARD)).isEqualTo(-1_000_000 + 3_000);
  }

  private Payout asked(Dealer dealer) {
    Payout payout = dealer.accept(dealer.card(1_000));
    assertThat(context.getBean(Paying.class).run(dealer.merchant(), dealer.now())).isEqualTo(1);
    return dealer.read(payout);
  }

  /** A server has claimed the request and is gone; its lease has run out. */
  private static void dies(Dealer dealer, Payout payout) {
    dealer
        .jdbc
        .sql(
            """
            UPDATE channel_request SET state = 'ASKED', attempts = 1,
                   lease_until = now() - interval '1 s', lease_token = gen_random_uuid()
            WHERE merchant_id = ? AND order_id = ?
            """)
        .params(payout.merchant(), payout.id())
        .update();
  }

  /** The bank has heard the question, and nobody its answer. */
  private void tellBank(Dealer dealer, Payout payout) {
    ChannelRequest request =
        context.getBean(ChannelRequests.class).of(payout.merchant(), payout.id()).getFirst();
    dealer
        .jdbc
        .sql(
            """
            INSERT INTO simbank.deal (request_id, merchant_id, channel, act, amount, serial, verdict,
              manner, clock_offset, created_at)
            VALUES (?, ?, 'BANKCARD', 'PAY_OUT', 1000, ?, 'SETTLED', 'PROMPT', 0, now())
            """)
        .params(request.id(), payout.merchant(), "s" + request.id())
        .update();
  }

  private static boolean cancelled(Dealer dealer, Payout payout) {
    try {
      dealer.payouts.cancel(dealer.merchant(), payout.number(), dealer.now());
      return true;
    } catch (Refusal tooLate) {
      return false;
    }
  }

  /** The payout's ref, or null where it is refused. */
  private static @Nullable String ref(Dealer dealer, PayoutDraft draft) {
    try {
      return dealer.accept(draft).ref();
    } catch (Refusal refused) {
      return null;
    }
  }

  private void rushWorkers(Dealer dealer) throws Exception {
    Paying paying = context.getBean(Paying.class);
    ChannelWorker worker = context.getBean(ChannelWorker.class);
    SimulatedBank bank = context.getBean(SimulatedBank.class);
    for (int round = 0; round < 3; round++) {
      together(
          i ->
              switch (i % 4) {
                case 0 -> paying.run(dealer.merchant(), dealer.now());
                case 1 -> worker.run(dealer.merchant(), dealer.now());
                case 2 -> bank.run(dealer.merchant(), dealer.now());
                default -> context.getBean(Releases.class).run(dealer.merchant(), dealer.now());
              },
          8);
    }
  }

  private static int count(Dealer dealer, int status) {
    return dealer
        .jdbc
        .sql("SELECT count(*) FROM payout WHERE merchant_id = ? AND status = ?")
        .params(dealer.merchant().id(), status)
        .query((row, _) -> row.getInt(1))
        .single();
  }

  private static <T extends @Nullable Object> List<T> together(IntFunction<T> call)
      throws Exception {
    return together(call, THREADS);
  }

  private static <T extends @Nullable Object> List<T> together(IntFunction<T> call, int threads)
      throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int index = i;
        calls.add(() -> call.apply(index));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : pool.invokeAll(calls)) {
        results.add(each.get());
      }
      return results;
    }
  }
}
