package io.tongbao.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Terms;
import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Money;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 64 threads want the same 20 times, for every operation that moves money: half of them send the
 * same bytes, the others the same number in words of their own. It happens once; the same bytes
 * hear the same answer; everybody else hears that the number is taken.
 */
class IdempotencyTest {
  private static final int ROUNDS = 20;
  private static final Money OPENING = Money.ofFen(1_000_000);
  private static final Money AMOUNT = Money.ofFen(100);
  private static final List<String> TAKEN = List.of("40017");
  private static final String CARD_CODE = "9999";

  @TempDir private static Path data;
  private static World world;
  private static EscrowClient client;

  @BeforeAll
  static void start() {
    world = new World(data, "idempotency");
    client = world.client();
  }

  @AfterAll
  static void audit() {
    try (World ending = world) {
      ending.audit();
    }
  }

  private static Actor person() {
    return world.people(1, OPENING).getFirst();
  }

  private static Terms terms(int variant) {
    return world.terms().saying("幂等", variant % 2 == 0 ? "same" : "variant " + variant);
  }

  /** What thread {@code i} sends: one message for all even ones, one each for the odd ones. */
  private static IntFunction<Ask<?>> variants(IntFunction<EscrowCall<?>> calls) {
    Ask<?> same = Ask.of(client, calls.apply(0));
    return i -> i % 2 == 0 ? same.again() : Ask.of(client, calls.apply(i));
  }

  private static void rounds(String what, IntFunction<IntFunction<EscrowCall<?>>> round)
      throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      List<Fate> fates = Crowd.send(variants(round.apply(i)));
      Crowd.oneEffect(what + " " + i, fates, TAKEN);
    }
  }

  private static void expect(Actor person, long fen, long frozen) {
    assertThat(client.call(new MoneyCalls.GetBalance(person.member(), world.accountSet())))
        .isEqualTo(new MoneyCalls.Balance(Money.ofFen(fen), Money.ofFen(frozen)));
  }

  private static void pay(Actor person, String number, String code) {
    var paid = client.call(new OrderCalls.Pay(person.member(), number, code));
    assertThat(paid.status()).isEqualTo("success");
  }

  private static String code(Actor person) {
    return world.sandbox().code(person.phone());
  }

  private static OrderCalls.Deposit deposit(Actor person, String number, int variant) {
    return new OrderCalls.Deposit(
        number,
        person.member(),
        world.accountSet(),
        AMOUNT,
        Money.ZERO,
        Payment.realNamePay(person.card(), AMOUNT),
        terms(variant));
  }

  private static OrderCalls.Consume consume(
      Actor payer, Actor receiver, String number, int variant) {
    return new OrderCalls.Consume(
        payer.member(),
        receiver.member(),
        number,
        AMOUNT,
        Money.ofFen(1),
        null,
        Payment.balance(world.accountSet(), AMOUNT),
        null,
        null,
        terms(variant));
  }

  private static OrderCalls.Collect collect(Actor payer, String number, int variant) {
    return new OrderCalls.Collect(
        number,
        payer.member(),
        null,
        null,
        "3001",
        AMOUNT,
        Money.ZERO,
        Payment.balance(world.accountSet(), AMOUNT),
        null,
        null,
        terms(variant));
  }

  @Test
  void deposits() throws InterruptedException {
    Actor person = person();
    rounds("deposit", i -> variant -> deposit(person, "deposit-once-" + i, variant));
    for (int i = 0; i < ROUNDS; i++) {
      pay(person, "deposit-once-" + i, CARD_CODE);
    }
    expect(person, OPENING.fen() + ROUNDS * AMOUNT.fen(), 0);
  }

  @Test
  void purchases() throws InterruptedException {
    Actor payer = person();
    Actor receiver = person();
    for (int i = 0; i < ROUNDS; i++) {
      String number = "consume-once-" + i;
      IntFunction<Ask<?>> messages = variants(each -> consume(payer, receiver, number, each));
      Crowd.oneEffect(number, Crowd.send(messages), TAKEN);
      pay(payer, number, code(payer));
    }
    expect(payer, OPENING.fen() - ROUNDS * AMOUNT.fen(), 0);
    expect(receiver, OPENING.fen() + ROUNDS * (AMOUNT.fen() - 1), 0);
  }

  @Test
  void confirmations() throws InterruptedException {
    Actor payer = person();
    Actor receiver = person();
    for (int i = 0; i < ROUNDS; i++) {
      String number = "pay-once-" + i;
      client.call(consume(payer, receiver, number, 0));
      String code = code(payer);
      IntFunction<Ask<?>> messages =
          variants(each ->
              new OrderCalls.Pay(payer.member(), number, null, code, "127.0.0." + (1 + each)));
      // Paid already, or the code was used or tried too often by then.
      Crowd.oneEffect(number, Crowd.send(messages), List.of("40004", "50001"));
    }
    expect(payer, OPENING.fen() - ROUNDS * AMOUNT.fen(), 0);
    expect(receiver, OPENING.fen() + ROUNDS * (AMOUNT.fen() - 1), 0);
  }

  @Test
  void collectionsAndDisbursements() throws InterruptedException {
    Actor payer = person();
    Actor receiver = person();
    for (int i = 0; i < ROUNDS; i++) {
      String number = "collect-once-" + i;
      IntFunction<Ask<?>> messages = variants(each -> collect(payer, number, each));
      Crowd.oneEffect(number, Crowd.send(messages), TAKEN);
      pay(payer, number, code(payer));
    }
    expect(payer, OPENING.fen() - ROUNDS * AMOUNT.fen(), 0);
    rounds(
        "disburse",
        i ->
            each ->
                new OrderCalls.Disburse(
                    "disburse-once-" + i,
                    receiver.member(),
                    world.accountSet(),
                    world.terms().backUrl(),
                    null,
                    AMOUNT,
                    Money.ZERO,
                    null,
                    null,
                    null,
                    "4001",
                    null,
                    each % 2 == 0 ? "same" : "variant " + each));
    expect(receiver, OPENING.fen() + ROUNDS * AMOUNT.fen(), 0);
  }

  @Test
  void withdrawals() throws InterruptedException {
    Actor person = person();
    for (int i = 0; i < ROUNDS; i++) {
      String number = "withdraw-once-" + i;
      IntFunction<Ask<?>> messages =
          variants(each ->
              new OrderCalls.Withdraw(
                  number,
                  person.member(),
                  world.accountSet(),
                  AMOUNT,
                  Money.ZERO,
                  Payment.payout(),
                  person.card(),
                  0,
                  "T0",
                  terms(each)));
      Crowd.oneEffect(number, Crowd.send(messages), TAKEN);
      pay(person, number, code(person));
    }
    expect(person, OPENING.fen() - ROUNDS * AMOUNT.fen(), 0);
  }

  @Test
  void refunds() throws InterruptedException {
    Actor payer = person();
    Actor receiver = person();
    for (int i = 0; i < ROUNDS; i++) {
      String original = "refunded-once-" + i;
      client.call(consume(payer, receiver, original, 0));
      pay(payer, original, code(payer));
      String number = "refund-once-" + i;
      IntFunction<Ask<?>> messages =
          variants(each ->
              new OrderCalls.Refund(
                  number,
                  original,
                  payer.member(),
                  world.terms().backUrl() + "?" + each,
                  Money.ofFen(10),
                  null,
                  null));
      Crowd.oneEffect(number, Crowd.send(messages), TAKEN);
    }
    expect(payer, OPENING.fen() - ROUNDS * (AMOUNT.fen() - 10), 0);
    expect(receiver, OPENING.fen() + ROUNDS * (AMOUNT.fen() - 1 - 10), 0);
  }

  @Test
  void freezes() throws InterruptedException {
    Actor person = person();
    rounds(
        "freeze",
        i ->
            each ->
                new MoneyCalls.Freeze(
                    person.member(),
                    "freeze-once-" + i,
                    world.accountSet(),
                    each % 2 == 0 ? AMOUNT : Money.ofFen(100L + each)));
    MoneyCalls.Balance frozen =
        client.call(new MoneyCalls.GetBalance(person.member(), world.accountSet()));
    assertThat(frozen.frozen().fen()).isBetween(ROUNDS * 100L, ROUNDS * 200L);
    Actor other = person();
    for (int i = 0; i < ROUNDS; i++) {
      String number = "unfreeze-once-" + i;
      client.call(
          new MoneyCalls.Freeze(other.member(), number, world.accountSet(), Money.ofFen(1_000)));
      Ask<?> same =
          Ask.of(
              client,
              new MoneyCalls.Unfreeze(other.member(), number, world.accountSet(), Money.ofFen(10)));
      Crowd.oneAnswer(number, Crowd.send(_ -> same.again()));
    }
    expect(other, OPENING.fen(), ROUNDS * 990L);
  }
}
