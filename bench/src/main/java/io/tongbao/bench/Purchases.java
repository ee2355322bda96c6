package io.tongbao.bench;

import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.EscrowCredentials;
import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Terms;
import io.tongbao.client.tour.Actor;
import io.tongbao.client.tour.Sandbox;
import io.tongbao.kernel.Money;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * Purchases from balance over HTTP, as a merchant makes them: 消费申请 and 确认支付, two signed calls each,
 * the answers' signatures verified, a fee on each that goes to one account. Signing and verifying
 * on the merchant's side run on the same machine and are part of what is measured; so are the
 * notices that the platform sends meanwhile. Not measured: looking up the codes in the sandbox's
 * inbox, between opening and paying.
 *
 * @param opened 消费申请
 * @param paid 确认支付
 * @param notices how many notices came meanwhile
 * @param work the processor time of both
 * @param looks 查询余额: calls that are signed and answered alike, and change nothing
 * @param looking the processor time of these
 */
record Purchases(Rate opened, Rate paid, long notices, Work work, Rate looks, Work looking) {
  /** The inbox shows so many texts of a phone: no payer opens more before he pays. */
  private static final int MOST_EACH = 190;

  private static final Money BALANCE = Money.ofFen(100_000_000);
  private static final Money AMOUNT = Money.ofFen(200);
  private static final Money FEE = Money.ofFen(2);
  private static final String SUCCESS = "success";

  private record Round(Rate opened, Rate paid, Work work) {}

  private record Open(Actor payer, String number, String orderNo) {}

  static Purchases run(Platform platform, Options options) {
    Sandbox sandbox = new Sandbox(platform.base());
    EscrowClient client = client(platform.base(), sandbox);
    AtomicLong notices = new AtomicLong();
    try (Receiver receiver =
        Receiver.start(body -> {
          client.notice(body);
          notices.incrementAndGet();
        })) {
      Terms terms = Terms.to(receiver.url());
      Buyers buyers = new Buyers(platform, client, sandbox, terms, options.payers());
      buyers.round("warm", options.callsWarmUp());
      long before = notices.get();
      Round measured = buyers.round("b", options.seconds());
      long heard = notices.get() - before;
      buyers.look(options.warmUp());
      Work atFirst = Work.of(platform);
      Rate looks = buyers.look(options.seconds());
      Work looking = Work.of(platform).since(atFirst);
      audit(sandbox);
      return new Purchases(
          measured.opened(), measured.paid(), heard, measured.work(), looks, looking);
    }
  }

  private static EscrowClient client(URI base, Sandbox sandbox) {
    EscrowCredentials credentials = EscrowCredentials.of(sandbox.credentials().required("escrow"));
    return EscrowClient.at(base, credentials);
  }

  static void audit(Sandbox sandbox) {
    JsonNode report = sandbox.audit();
    if (!report.required("passed").asBoolean()) {
      throw new BenchFailed("the audit found " + report.required("violations"));
    }
  }

  /** All calls together. */
  Rate calls() {
    return opened.then(paid);
  }

  /** The people who buy of each other. */
  private static final class Buyers {
    private final Platform platform;
    private final EscrowClient client;
    private final Sandbox sandbox;
    private final Terms terms;
    private final List<Actor> people;

    Buyers(Platform platform, EscrowClient client, Sandbox sandbox, Terms terms, int count) {
      this.platform = platform;
      this.client = client;
      this.sandbox = sandbox;
      this.terms = terms;
      this.people = new Population(client, sandbox, terms).enrol(count, BALANCE);
    }

    Round round(String label, int seconds) {
      platform.database().settle();
      Collection<Open> orders = new ConcurrentLinkedQueue<>();
      Work before = Work.of(platform);
      Rate opened = open(label, seconds, orders);
      Work opening = Work.of(platform).since(before);
      Map<String, String> codes = codes();
      platform.database().settle();
      Work between = Work.of(platform);
      Rate paid = Load.over(new ArrayList<>(orders), order -> pay(order, codes));
      return new Round(opened, paid, opening.and(Work.of(platform).since(between)));
    }

    Rate look(int seconds) {
      return Load.during(
          seconds,
          thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            return () -> {
              String member = people.get(random.nextInt(people.size())).member();
              String set = client.credentials().accountSetNo();
              return client.call(new MoneyCalls.GetBalance(member, set)).total().isPositive();
            };
          });
    }

    private Rate open(String label, int seconds, Collection<Open> orders) {
      AtomicInteger next = new AtomicInteger();
      return Load.during(
          seconds,
          thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            return () -> {
              int mine = next.getAndIncrement();
              if (mine >= people.size() * MOST_EACH) {
                return false;
              }
              orders.add(open(label + mine, people.get(mine % people.size()), random));
              return true;
            };
          });
    }

    private Open open(String label, Actor payer, SplittableRandom random) {
      String number = label + "-" + payer.member();
      var opened =
          client.call(
              new OrderCalls.Consume(
                  payer.member(),
                  receiver(payer, random).member(),
                  number,
                  AMOUNT,
                  FEE,
                  null,
                  Payment.balance(client.credentials().accountSetNo(), AMOUNT),
                  "茶叶",
                  null,
                  terms));
      return new Open(payer, number, opened.orderNo());
    }

    private Actor receiver(Actor payer, SplittableRandom random) {
      int at = people.indexOf(payer);
      return people.get((at + 1 + random.nextInt(people.size() - 1)) % people.size());
    }

    private Map<String, String> codes() {
      Map<String, String> codes = new ConcurrentHashMap<>();
      Load.over(people, person -> codes.putAll(sandbox.codes(person.phone())));
      return codes;
    }

    private void pay(Open order, Map<String, String> codes) {
      String code = codes.get(order.orderNo());
      var paid = client.call(new OrderCalls.Pay(order.payer().member(), order.number(), code));
      if (!paid.status().equals(SUCCESS)) {
        throw new BenchFailed("a purchase ended as " + paid.status());
      }
    }
  }
}
