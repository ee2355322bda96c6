package io.tongbao.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.client.payout.Channel;
import io.tongbao.client.payout.OrderCalls;
import io.tongbao.client.payout.OrderCalls.OrderState;
import io.tongbao.client.payout.OutcomeUnknown;
import io.tongbao.client.payout.PayoutClient;
import io.tongbao.client.payout.PayoutCredentials;
import io.tongbao.client.payout.PayoutRefused;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.ObjectNode;

/**
 * A dealer who pays people by bank card and Alipay without rest, whatever happens to the platform,
 * and reckons with it afterwards: each order that was answered is there at once, and in the end
 * each order is paid exactly once, also those that had to be sent again.
 */
final class Payroll {
  private static final int WRITERS = 4;
  private static final int MOST_FEN = 5_000;
  private static final String NOBODY = "2018";
  private static final Money PURSE = Money.ofFen(100_000_000);

  /** Nobody hammers on a door that does not open. */
  private static final Duration BREATH = Duration.ofMillis(50);

  private final World world;
  private final PayoutClient client;
  private final Queue<OrderCalls.Order> orders = new ConcurrentLinkedQueue<>();
  private final Map<String, String> refs = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean resting;

  private Payroll(World world) {
    this.world = world;
    this.client =
        PayoutClient.at(
            world.sandbox().base(),
            PayoutCredentials.of(world.sandbox().credentials().required("payout")));
  }

  /** A dealer with money for all that it will ever pay. */
  static Payroll open(World world) {
    Payroll payroll = new Payroll(world);
    payroll.topUp("bankcard");
    payroll.topUp("alipay");
    return payroll;
  }

  private void topUp(String channel) {
    ObjectNode topup = world.sandbox().object();
    topup
        .put("face", "payout")
        .put("dealerId", client.credentials().dealerId())
        .put("brokerId", client.credentials().brokerId())
        .put("channel", channel)
        .put("amount", PURSE.yuan());
    world.sandbox().post("topups", topup);
  }

  /**
   * Starts paying.
   *
   * @param label what the orders' numbers begin with
   */
  void start(String label, long seed) {
    resting = false;
    for (int i = 0; i < WRITERS; i++) {
      String prefix = label + "-p" + i + "-";
      SplittableRandom random = new SplittableRandom(seed * WRITERS + i);
      threads.add(Thread.ofVirtual().start(() -> write(prefix, random)));
    }
  }

  private void write(String prefix, SplittableRandom random) {
    for (int i = 0; !resting; i++) {
      OrderCalls.Order order = order(prefix + i, random);
      orders.add(order);
      if (!send(order)) {
        LockSupport.parkNanos(BREATH.toNanos());
      }
    }
  }

  private OrderCalls.Order order(String number, SplittableRandom random) {
    String broker = client.credentials().brokerId();
    Secret name = new Secret("张三");
    Secret identity = new Secret("33010219900307%04d".formatted(random.nextInt(10_000)));
    Money pay = Money.ofFen(1 + random.nextInt(MOST_FEN));
    if (random.nextBoolean()) {
      Secret account = new Secret("payee%d@example.cn".formatted(random.nextInt(100)));
      return new OrderCalls.ToAlipay(number, broker, name, identity, account, pay, null, null);
    }
    Secret card = new Secret("622848%013d".formatted(random.nextInt(1_000_000)));
    return new OrderCalls.ToBankCard(
        number, broker, name, card, null, identity, pay, null, null, null);
  }

  /** Sends an order; whether it was answered. The first answer's ref is the only one, for ever. */
  private boolean send(OrderCalls.Order order) {
    try {
      String ref = client.call(order).ref();
      String first = refs.putIfAbsent(order.order(), ref);
      assertThat(first).as(order.order()).isIn(null, ref);
      return true;
    } catch (OutcomeUnknown nothing) {
      return false;
    } catch (PayoutRefused refused) {
      assertThat(refused.isTransient()).as(refused.getMessage()).isTrue();
      return false;
    }
  }

  /** Lets everybody finish what he is at. */
  void rest() throws InterruptedException {
    resting = true;
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  /** Right after a restart: what was answered is there, under the ref that was answered. */
  void check() throws InterruptedException {
    Reckoning.each(
        refs.entrySet(),
        each -> assertThat(state(each.getKey()).map(OrderState::ref)).hasValue(each.getValue()));
  }

  /** At the end: all are paid, each once. */
  void close() throws InterruptedException {
    Reckoning.each(
        orders, order -> world.eventually("an answer to " + order.order(), () -> send(order)));
    world.eventually("all are paid", this::isPaid);
    check();
    OrderCalls.Account purse = client.call(new OrderCalls.QueryAccounts()).brokers().getFirst();
    assertThat(purse.bankCard()).isEqualTo(left(OrderCalls.ToBankCard.class));
    assertThat(purse.alipay()).isEqualTo(left(OrderCalls.ToAlipay.class));
    assertThat(orders).hasSizeGreaterThan(WRITERS);
    System.out.printf("%d payouts, each paid once%n", orders.size());
  }

  private boolean isPaid() throws InterruptedException {
    Map<Integer, Integer> found = new ConcurrentHashMap<>();
    Reckoning.each(
        orders, order -> found.merge(state(order.order()).orElseThrow().status(), 1, Integer::sum));
    return found.keySet().equals(Set.of(OrderState.PAID));
  }

  /** Seven in a hundred is the sandbox's fee, half a fen up. */
  private Money left(Class<? extends OrderCalls.Order> kind) {
    long spent =
        orders.stream()
            .filter(kind::isInstance)
            .mapToLong(order -> order.pay().fen() + (order.pay().fen() * 7 + 50) / 100)
            .sum();
    return PURSE.minus(Money.ofFen(spent));
  }

  private Optional<OrderState> state(String number) {
    for (Channel channel : List.of(Channel.BANK_CARD, Channel.ALIPAY)) {
      Optional<OrderState> found = state(OrderCalls.Query.of(number, channel));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<OrderState> state(OrderCalls.Query query) {
    try {
      return Optional.of(client.callPatiently(query, 20));
    } catch (PayoutRefused refused) {
      assertThat(refused.code()).isIn(NOBODY, "2011");
      return Optional.empty();
    }
  }
}
