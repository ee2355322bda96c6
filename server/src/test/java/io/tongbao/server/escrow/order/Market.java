package io.tongbao.server.escrow.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.simulated.Deal;
import io.tongbao.server.channel.simulated.SimulatedBank;
import io.tongbao.server.escrow.EscrowApplication;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Inbox;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.MemberType;
import io.tongbao.server.member.Members;
import io.tongbao.server.member.Purpose;
import io.tongbao.server.member.Text;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Rounds;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.order.Checkout;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Orders;
import io.tongbao.server.order.Proof;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.crypto.RsaType1;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application with members who trade: what the tests of orders stand on. Calls go over HTTP,
 * signed; members, their phones and their first money are made directly.
 */
final class Market {
  static final String BACK_URL = "http://localhost:9/notify";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final EscrowApplication application;
  final Merchants merchants;
  final Members members;
  final Accounts accounts;
  final JdbcClient jdbc;
  private final Ledger ledger;
  private final Codes codes;
  private final Inbox inbox;
  private final Audits audit;
  private final Scheduler scheduler;
  private final Bindings bindings;
  private final Cards cards;
  private final Orders orders;
  private final Checkout checkout;
  private final SimulatedBank bank;
  private final CheckedDays days;

  Market(ApplicationContext context, int port) {
    merchants = context.getBean(Merchants.class);
    members = context.getBean(Members.class);
    accounts = context.getBean(Accounts.class);
    jdbc = context.getBean(JdbcClient.class);
    ledger = context.getBean(Ledger.class);
    codes = context.getBean(Codes.class);
    inbox = context.getBean(Inbox.class);
    audit = context.getBean(Audits.class);
    scheduler = context.getBean(Scheduler.class);
    bindings = context.getBean(Bindings.class);
    cards = context.getBean(Cards.class);
    orders = context.getBean(Orders.class);
    checkout = context.getBean(Checkout.class);
    bank = context.getBean(SimulatedBank.class);
    days = CheckedDays.of(context);
    application = EscrowApplication.open(merchants, context.getBean(EscrowKeys.class), port);
    set(Map.of("sms.resendSeconds", "0", "sms.perHour", "1000000", "sms.perDay", "1000000"));
  }

  Merchant merchant() {
    return merchants.byId(application.merchant().id());
  }

  void set(Map<String, String> settings) {
    merchants.changeSettings(application.merchant(), settings);
  }

  /** A number that no order has yet. */
  static String number(String prefix) {
    return prefix + "-" + NUMBER.incrementAndGet();
  }

  /** A person with a bound phone. */
  Member member(String name) {
    Member.Registration registration =
        new Member.Registration(2, "127.0.0.1", merchants.now(merchant()));
    Member member = members.create(merchant(), name, MemberType.PERSON, registration);
    Secret phone = new Secret("139%08d".formatted(NUMBER.incrementAndGet()));
    var now = merchants.now(merchant());
    codes.send(merchant(), member, phone, Purpose.BIND_PHONE, "", now);
    members.bindPhone(
        member,
        phone,
        codes.redeem(merchant(), member, phone, Purpose.BIND_PHONE, "", code(phone, ""), now),
        now);
    return members.require(merchant(), name);
  }

  /** A person with a bound phone and money. */
  Member member(String name, long fen) {
    Member member = member(name);
    give(member.account(), fen);
    return members.require(merchant(), name);
  }

  /** Money from outside into an account. */
  void give(long account, long fen) {
    long outside = accounts.find(merchant().id(), 0, "clearing:GATEWAY").orElseThrow().id();
    Outcome outcome =
        ledger.commit(
            Change.at(merchants.now(merchant()))
                .key(
                    new Change.Key(
                        merchant().id(), "sandbox.topup", number("topup"), 0, Bytes.EMPTY.sha256()))
                .move(
                    new Movement.Post(
                        List.of(new Movement.Leg(outside, -fen), new Movement.Leg(account, fen))))
                .build());
    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
  }

  /** An account of the application's own. */
  long platform(String set) {
    return accounts.find(merchant().id(), 0, set).orElseThrow().id();
  }

  long balance(long account) {
    return accounts.balance(account).orElseThrow().total().fen();
  }

  long balance(Member member) {
    return balance(member.account());
  }

  long frozen(Member member) {
    return accounts.balance(member.account()).orElseThrow().frozen().fen();
  }

  /** What an account's statement says, oldest first. */
  List<Long> entries(long account) {
    return jdbc.sql("SELECT amount FROM entry WHERE account_id = ? ORDER BY version")
        .param(account)
        .query((row, _) -> row.getLong(1))
        .list();
  }

  EscrowAnswer call(String method, Map<String, ?> param) {
    return application.call("OrderService." + method, JSON.writeValueAsString(param));
  }

  /** The answer's content; the call must be accepted. */
  JsonNode ok(String method, Map<String, ?> param) {
    EscrowAnswer answer = call(method, param);
    assertThat(answer.errorCode()).as(answer.toString()).isNull();
    return JSON.readTree(answer.signedValue());
  }

  /** The error code; the call must be refused and leave the ledger as it was. */
  String refused(String method, Map<String, ?> param) {
    String before = fingerprint();
    EscrowAnswer answer = call(method, param);
    assertThat(answer.isOk()).as(answer.toString()).isFalse();
    assertThat(answer.message()).isNotBlank();
    assertThat(fingerprint()).isEqualTo(before);
    return String.valueOf(answer.errorCode());
  }

  /** All that a refused call must leave alone. */
  private String fingerprint() {
    return jdbc.sql(
            """
            SELECT concat_ws('/', (SELECT count(*) FROM entry), (SELECT count(*) FROM hold_move),
              (SELECT sum(remaining) FROM collection), (SELECT sum(refunded) FROM orders),
              (SELECT sum(unfrozen) FROM member_freeze), (SELECT count(*) FROM orders),
              (SELECT sum(refunded) FROM order_part), (SELECT count(*) FROM order_event))
            """)
        .query(String.class)
        .single();
  }

  /** A request's fields; null ones are left out. */
  static Map<String, Object> fields(Object... pairs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], pairs[i + 1]);
    }
    return fields;
  }

  static Map<String, Object> with(Map<String, Object> fields, Object... pairs) {
    Map<String, Object> changed = new LinkedHashMap<>(fields);
    changed.putAll(fields(pairs));
    return changed;
  }

  static Map<String, Object> balancePay(long fen) {
    return Map.of(
        "BALANCE", List.of(Map.of("accountSetNo", EscrowApplication.ACCOUNT_SET, "amount", fen)));
  }

  /** consumeApply's fields, paid from the balance. */
  Map<String, Object> purchase(String payer, String receiver, long amount, long fee) {
    return Params.purchase(payer, receiver, amount, fee);
  }

  /** agentCollectApplySimplify's fields, paid from the balance. */
  Map<String, Object> collection(String payer, long amount, long fee) {
    return Params.collection(payer, amount, fee);
  }

  /** signalAgentPaySimplify's fields, to the balance. */
  Map<String, Object> disbursement(String payee, long amount, long fee) {
    return Params.disbursement(payee, amount, fee);
  }

  /** refund's fields. */
  Map<String, Object> refund(String original, String payer, long amount) {
    return Params.refund(original, payer, amount);
  }

  /** Opens an order and confirms it with the code that came; gives its number. */
  String paid(String method, Map<String, Object> param) {
    JsonNode opened = ok(method, param);
    String number = opened.get("bizOrderNo").stringValue();
    String payer = opened.get("bizUserId").stringValue();
    JsonNode answer = ok("pay", confirmation(payer, number, opened.get("orderNo").stringValue()));
    assertThat(answer.get("payStatus").stringValue()).isEqualTo("success");
    return number;
  }

  /** pay's fields with the code that came to the payer's phone. */
  Map<String, Object> confirmation(String payer, String number, String orderNo) {
    Secret phone = members.require(merchant(), payer).requirePhone();
    return fields(
        "bizUserId",
        payer,
        "bizOrderNo",
        number,
        "verificationCode",
        code(phone, orderNo),
        "consumerIp",
        "127.0.0.1");
  }

  /** The newest code that was sent to a phone for a subject. */
  String code(Secret phone, String subject) {
    Text text =
        inbox.read(phone).stream()
            .filter(each -> each.subject().equals(subject))
            .findFirst()
            .orElseThrow();
    Secret code = text.code();
    if (code == null) {
      throw new AssertionError("a text without a code");
    }
    return code.reveal();
  }

  String paidPurchase(String payer, String receiver, long amount, long fee) {
    return paid("consumeApply", purchase(payer, receiver, amount, fee));
  }

  String paidCollection(String payer, long amount, long fee) {
    return paid("agentCollectApplySimplify", collection(payer, amount, fee));
  }

  int orderStatus(String member, String number) {
    return ok("getOrderDetail", fields("bizUserId", member, "bizOrderNo", number))
        .get("orderStatus")
        .intValue();
  }

  /** Fen that are left of a collection. */
  long remaining(String number) {
    return jdbc.sql(
            """
            SELECT remaining FROM collection c JOIN orders o
              ON o.merchant_id = c.merchant_id AND o.id = c.order_id
            WHERE o.merchant_id = ? AND o.number = ?
            """)
        .params(merchant().id(), number)
        .query(Long.class)
        .single();
  }

  /** The status words of the notices about an order, in their order. */
  List<String> news(String number) {
    return facts(number).stream().map(facts -> facts.get("status").stringValue()).toList();
  }

  /** What the notices about an order say, in their order, sent or not. */
  List<JsonNode> facts(String number) {
    return jdbc.sql(
            """
            SELECT facts FROM (SELECT merchant_id, id, facts FROM news
                               UNION ALL SELECT merchant_id, id, facts FROM notice
                               UNION ALL SELECT merchant_id, id, facts FROM notice_done) AS told
            WHERE merchant_id = ? AND facts ->> 'bizOrderNo' = ? ORDER BY id
            """)
        .params(merchant().id(), number)
        .query((row, _) -> JSON.readTree(row.getString(1)))
        .list();
  }

  /** Moves the clock and does what has become due. */
  void advance(Duration step) {
    Rounds.run(scheduler, merchant(), jdbc, () -> merchants.advance(merchant(), step));
  }

  void runDue() {
    Rounds.run(scheduler, merchant(), jdbc);
  }

  /** Binds a card to a member and gives its number, encrypted as requests carry it. */
  String card(Member member) {
    var now = merchants.now(merchant());
    Secret name = new Secret("王小二");
    Secret identity = new Secret("610422198600000000");
    members.setRealName(merchant(), member, name, identity, now);
    String number = "622848%013d".formatted(NUMBER.incrementAndGet());
    Secret phone = members.require(merchant(), member.bizUserId()).requirePhone();
    CardClaim claim =
        new CardClaim(
            BindMethod.FOUR_ELEMENTS,
            name,
            identity,
            new Secret(number),
            phone,
            null,
            null,
            false,
            null);
    bindings.bind(merchant(), members.require(merchant(), member.bizUserId()), claim, now);
    return application.sealed(RsaType1.Shape.ACCOUNT, number);
  }

  /** The number of the member's first card. */
  String cardNumber(Member member) {
    return cards.all(member).getFirst().number().reveal();
  }

  /** Leads a payer to the bank's page, where he pays. */
  void payAtBank(String payer, String number) {
    Deal deal = atBank(payer, number);
    Instant now = merchants.now(merchant());
    assertThat(bank.choose(merchant(), deal, SimulatedBank.Choice.PAY, now)).isTrue();
  }

  /** Leads a payer to the bank's page, where this waits for him. */
  Deal atBank(String payer, String number) {
    Member member = members.require(merchant(), payer);
    var now = merchants.now(merchant());
    Order order = orders.require(merchant(), member.id(), number);
    String code =
        inbox.read(member.requirePhone()).stream()
            .filter(text -> text.subject().equals(order.orderNo()))
            .map(text -> String.valueOf(text.code() == null ? null : text.code().reveal()))
            .findFirst()
            .orElse(null);
    ChannelRequest request =
        checkout.toBank(merchant(), member, order, new Proof.Code(code), now, Map.of());
    return bank.deal(String.valueOf(request.channelNo())).orElseThrow();
  }

  /** Nothing that must be true is false, and each day's file can be cut. */
  void audit() {
    assertThat(audit.run().violations()).isEmpty();
    days.assertCanBeCut(merchant());
  }
}
