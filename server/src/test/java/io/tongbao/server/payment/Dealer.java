package io.tongbao.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Accounts;
import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.channel.Maintenance;
import io.tongbao.server.channel.simulated.SimulatedBank;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
import io.tongbao.server.recon.Audits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A dealer with a broker and money: what the tests of payouts stand on. Lives at a noon of its own
 * that lies far ahead, so that nothing happens unless a test says when; {@link #pass} lets time go
 * by.
 */
final class Dealer {
  static final Instant NOON = BeijingTime.parseSeconds("2030-01-15 12:00:00");
  static final String CARD = "6228480402637874214";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final JdbcClient jdbc;
  final Payouts payouts;
  final Brokers brokers;
  final Reports reports;
  final SimulatedBank bank;
  final Maintenance maintenance;
  private final Merchants merchants;
  private final Topups topups;
  private final Accounts accounts;
  private final Audits audits;
  private final ChannelRequests requests;
  private final PayoutSettlement settlement;
  private final List<Job> jobs;
  private final int id;
  private Instant now = NOON;
  private Broker broker;

  Dealer(ApplicationContext context) {
    this(context, Broker.Terms.of(70_000));
  }

  Dealer(ApplicationContext context, Broker.Terms terms) {
    jdbc = context.getBean(JdbcClient.class);
    payouts = context.getBean(Payouts.class);
    brokers = context.getBean(Brokers.class);
    reports = context.getBean(Reports.class);
    bank = context.getBean(SimulatedBank.class);
    maintenance = context.getBean(Maintenance.class);
    merchants = context.getBean(Merchants.class);
    topups = context.getBean(Topups.class);
    accounts = context.getBean(Accounts.class);
    audits = context.getBean(Audits.class);
    requests = context.getBean(ChannelRequests.class);
    settlement = context.getBean(PayoutSettlement.class);
    jobs =
        List.of(
            context.getBean(Releases.class),
            context.getBean(Paying.class),
            context.getBean(PacketWatch.class),
            context.getBean(ChannelWorker.class),
            context.getBean(SimulatedBank.class));
    id =
        merchants
            .create(
                new NewMerchant(
                    Face.PAYOUT,
                    "dealer" + NUMBER.incrementAndGet() + "x" + Ids.digits(6),
                    "测试商户",
                    Map.of(PayoutNews.URL, "http://localhost:9/notify"),
                    Map.of("appKey", new Secret("0123456789abcdef0123456789abcdef")),
                    List.of(),
                    Set.of()))
            .id();
    broker = brokers.open(merchant(), "yiyun73", terms, NOON);
  }

  Merchant merchant() {
    return merchants.byId(id);
  }

  Broker broker() {
    return broker;
  }

  void terms(Broker.Terms terms) {
    broker = brokers.change(broker, terms, now);
  }

  void set(String setting, String value) {
    merchants.changeSettings(merchant(), Map.of(setting, value));
  }

  Instant now() {
    return now;
  }

  void topUp(PayoutChannel channel, long fen) {
    topups.add(merchant(), broker, channel, Money.ofFen(fen), number(), now);
  }

  static String number() {
    return "p" + NUMBER.incrementAndGet();
  }

  PayoutDraft card(long fen) {
    return draft(PayoutChannel.BANKCARD, CARD, fen);
  }

  PayoutDraft packet(String openid, long fen) {
    return draft(PayoutChannel.WXPAY, openid, fen);
  }

  PayoutDraft draft(PayoutChannel channel, String account, long fen) {
    return draft(number(), channel, person("张三", account, "11010119800101001X"), fen);
  }

  PayoutDraft draft(String number, PayoutChannel channel, Payee payee, long fen) {
    return new PayoutDraft(
        merchant(),
        number,
        channel,
        broker.code(),
        payee,
        Money.ofFen(fen),
        PayoutDraft.Words.NONE,
        now);
  }

  static Payee person(@Nullable String name, String account, @Nullable String idCard) {
    return new Payee(
        name == null ? null : new Secret(name),
        new Secret(account),
        idCard == null ? null : new Secret(idCard),
        null);
  }

  Payout accept(PayoutDraft draft) {
    return payouts.accept(draft);
  }

  /** Takes a payout in and does what is due. */
  Payout pay(PayoutDraft draft) {
    Payout payout = accept(draft);
    settle();
    return read(payout);
  }

  Payout read(Payout payout) {
    return payouts.find(merchant(), payout.number()).orElseThrow();
  }

  /** Lets time go by and does what is due then. */
  void pass(Duration time) {
    until(now.plus(time));
  }

  void until(Instant then) {
    assertThat(then).isAfterOrEqualTo(now);
    now = then;
    settle();
  }

  /** Does what is due, also what becomes due by doing it. */
  void settle() {
    for (int pass = 0; pass < 50; pass++) {
      int done = 0;
      for (Job job : jobs) {
        done += job.run(merchant(), now);
      }
      if (done == 0) {
        return;
      }
    }
    throw new AssertionError("no end of it");
  }

  /** What a tester says about a part instead of the bank. */
  boolean say(Part part, SimulatedBank.Say say) {
    return bank.answer(merchant(), part.request(), say, null, now);
  }

  /** What the channel says about a part, as the worker hears it. */
  Applied hear(Part part, Answer.Final answer) {
    return settlement.apply(requests.find(id, part.request()).orElseThrow(), answer, now);
  }

  long open() {
    return requests.list(id, true, 1000).size();
  }

  /** What can be spent of a channel's money. */
  long balance(PayoutChannel channel) {
    return brokers.balances(broker).of(channel).fen();
  }

  long rebate() {
    return brokers.balances(broker).rebate().fen();
  }

  long fees() {
    return accounts.find(id, 0, DealerAccounts.FEE).orElseThrow().balance().total().fen();
  }

  long outside(PayoutChannel channel) {
    return accounts.find(id, 0, "clearing:" + channel).orElseThrow().balance().total().fen();
  }

  /** The statuses on a payout's path, first one first. */
  List<Integer> path(Payout payout) {
    return jdbc.sql(
            "SELECT to_status FROM payout_event WHERE merchant_id = ? AND payout_id = ? ORDER BY seq")
        .params(id, payout.id())
        .query((row, _) -> row.getInt(1))
        .list();
  }

  /** The statuses that the dealer was told of, first one first. */
  List<Integer> told(Payout payout) {
    return jdbc.sql(
            """
            SELECT (facts ->> 'status')::int
            FROM (SELECT merchant_id, id, subject, facts FROM news
                  UNION ALL SELECT merchant_id, id, subject, facts FROM notice
                  UNION ALL SELECT merchant_id, id, subject, facts FROM notice_done) AS told
            WHERE merchant_id = ? AND subject = ? ORDER BY id
            """)
        .params(id, payout.id())
        .query((row, _) -> row.getInt(1))
        .list();
  }

  void audit() {
    assertThat(audits.run().violations()).isEmpty();
  }
}
