package io.tongbao.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.PlatformCalls;
import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Money;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 right after a list of disbursements was taken in, and in its middle: each item is paid
 * once. Specification escrow §4.2.7; THREATS T3-12.
 */
class BatchCrashTest {
  private static final int ITEMS = 150;
  private static final long EACH = 100;
  private static final long FEE = 1;
  private static final int SUCCEEDED = 4;

  /** When the blow falls. */
  private enum Blow {
    AFTER_THE_ANSWER,
    IN_THE_MIDDLE
  }

  @TempDir private Path data;

  @Test
  void eachItemIsPaidOnce() {
    try (World world = new World(data, "killed-batch")) {
      long all = ITEMS * EACH * Blow.values().length;
      List<Actor> people = world.people(2, Money.ofFen(all));
      collect(world, people.getFirst(), Money.ofFen(all));
      Actor payee = people.getLast();
      long before = balance(world, payee);
      for (Blow blow : Blow.values()) {
        PlatformCalls.DisburseBatch batch = batch(world, payee, blow);
        send(world, payee, batch, blow, before);
        before += ITEMS * (EACH - FEE);
        long after = before;
        world.eventually("all of " + blow, () -> balance(world, payee) >= after);
        assertThat(balance(world, payee)).as("%s", blow).isEqualTo(after);
        assertSucceeded(world, batch);
      }
      world.audit();
    }
  }

  private static void send(
      World world, Actor payee, PlatformCalls.DisburseBatch batch, Blow blow, long before) {
    world.client().call(batch);
    if (blow == Blow.IN_THE_MIDDLE) {
      world.eventually("the first items", () -> balance(world, payee) > before);
    }
    world.killServer();
    world.restartServer();
  }

  private static void collect(World world, Actor buyer, Money amount) {
    String number = "collected";
    OrderCalls.Opened opened =
        world
            .client()
            .call(
                new OrderCalls.Collect(
                    number,
                    buyer.member(),
                    null,
                    null,
                    "3001",
                    amount,
                    null,
                    Payment.balance(world.accountSet(), amount),
                    null,
                    null,
                    world.terms()));
    String code = world.sandbox().codes(buyer.phone()).get(opened.orderNo());
    world.client().call(new OrderCalls.Pay(buyer.member(), number, code));
  }

  private static PlatformCalls.DisburseBatch batch(World world, Actor payee, Blow blow) {
    List<PlatformCalls.Item> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      items.add(
          new PlatformCalls.Item(
              blow + "-" + i,
              payee.member(),
              world.accountSet(),
              world.terms().backUrl(),
              null,
              Money.ofFen(EACH),
              Money.ofFen(FEE),
              null,
              null,
              null));
    }
    return new PlatformCalls.DisburseBatch(blow.name(), items, null, null, "4001");
  }

  private static void assertSucceeded(World world, PlatformCalls.DisburseBatch batch) {
    for (PlatformCalls.Item item : batch.items()) {
      OrderCalls.Status status =
          world.client().call(new OrderCalls.Get(item.member(), item.number()));
      assertThat(status.state()).as("%s", item.number()).isEqualTo(SUCCEEDED);
    }
  }

  private static long balance(World world, Actor member) {
    Fate fate = world.surely(new MoneyCalls.GetBalance(member.member(), world.accountSet()));
    return fate instanceof Fate.Answered answered
            && answered.answer() instanceof MoneyCalls.Balance balance
        ? balance.total().fen()
        : -1;
  }
}
