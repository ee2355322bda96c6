package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.channel.Maintenance;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Companies;
import io.tongbao.server.member.Company;
import io.tongbao.server.member.Inbox;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.MemberType;
import io.tongbao.server.member.Members;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.member.Purpose;
import io.tongbao.server.member.Text;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * What the directions in golden conversations and samples do: people, companies, cards, money and
 * passwords come from nowhere, texts are read, the clock moves. One merchant's.
 */
public final class Stage {
  static final Secret NAME = new Secret("王小二");
  static final Secret IDENTITY = new Secret("610422198600000000");

  /** What most orders say alike. */
  private static final String REST =
      "\"backUrl\":\"http://localhost:9/notify\",\"industryCode\":\"1910\","
          + "\"industryName\":\"其他\",\"source\":1";

  private static final AtomicInteger PHONES = new AtomicInteger(70_000_000);

  private final Correspondent merchant;
  private final Merchants merchants;
  private final Members members;
  private final Companies companies;
  private final Codes codes;
  private final Inbox inbox;
  private final Bindings bindings;
  private final Cards cards;
  private final Passwords passwords;
  private final Accounts accounts;
  private final Ledger ledger;
  private final Scheduler scheduler;
  private final Maintenance maintenance;

  public Stage(ApplicationContext context, Correspondent merchant) {
    this.merchant = merchant;
    merchants = context.getBean(Merchants.class);
    members = context.getBean(Members.class);
    companies = context.getBean(Companies.class);
    codes = context.getBean(Codes.class);
    inbox = context.getBean(Inbox.class);
    bindings = context.getBean(Bindings.class);
    cards = context.getBean(Cards.class);
    passwords = context.getBean(Passwords.class);
    accounts = context.getBean(Accounts.class);
    ledger = context.getBean(Ledger.class);
    scheduler = context.getBean(Scheduler.class);
    maintenance = context.getBean(Maintenance.class);
  }

  /** A direction, or what {@code $word(argument)} stands for; null where there is no such word. */
  public @Nullable String word(String word, String argument) {
    String[] words = argument.split(" ", -1);
    return switch (word) {
      case "code" -> code(argument);
      case "codeOf" -> code(member(argument).requirePhone().reveal());
      case "phone" -> member(argument).requirePhone().reveal();
      case "me" -> "\"name\":\"王小二\",\"identityType\":1,\"identityNo\":\"RSA(610422198600000000)\"";
      case "rest" -> REST;
      case "balance" ->
          "\"payMethod\":{\"BALANCE\":[{\"accountSetNo\":\"200001\",\"amount\":" + argument + "}]}";
      case "sysid" -> merchant().code();
      case "soon" -> BeijingTime.seconds(now().plus(Duration.ofHours(1)));
      case "fileDay" -> BeijingTime.compactDay(BeijingTime.dayOf(now()).minusDays(2));
      case "clock" -> clock(Duration.parse(argument));
      case "setting" -> setting(argument.split("=", 2));
      case "maintenance" -> maintenance(words[0], words[1].equals("on"));
      case "due" -> due();
      case "stranger" -> create(words[0], MemberType.PERSON);
      case "person" -> person(words[0]);
      case "company" -> company(words[0], words[1]);
      case "card" -> card(words[0], words[1], BindMethod.FOUR_ELEMENTS);
      case "quickCard" -> card(words[0], words[1], BindMethod.QUICKPAY);
      case "money" -> money(words[0], Long.parseLong(words[1]));
      case "password" -> password(words[0], PasswordKind.PAY, words[1]);
      case "quickPassword" -> password(words[0], PasswordKind.QUICKPAY, words[1]);
      default -> null;
    };
  }

  private Merchant merchant() {
    return merchant.merchant();
  }

  private Instant now() {
    return merchant.now();
  }

  private Member member(String name) {
    return members.require(merchant(), name);
  }

  private String clock(Duration step) {
    scheduler.runDueAfter(merchant(), () -> merchants.advance(merchant(), step));
    return "";
  }

  private String due() {
    scheduler.runDue(merchant());
    return "";
  }

  private String maintenance(String channel, boolean on) {
    maintenance.set(channel, on);
    return "";
  }

  private String setting(String[] pair) {
    merchants.changeSettings(merchant(), Map.of(pair[0], pair[1]));
    return "";
  }

  private String create(String name, MemberType type) {
    members.create(merchant(), name, type, new Member.Registration(1, "127.0.0.1", now()));
    return "";
  }

  /** A person with a real name and a bound phone. */
  private String person(String name) {
    create(name, MemberType.PERSON);
    members.setRealName(merchant(), member(name), NAME, IDENTITY, now());
    return bindPhone(name);
  }

  /** A company that the audit desk has passed, with its own account and a bound phone. */
  private String company(String name, String account) {
    create(name, MemberType.COMPANY);
    Company.Facts facts =
        new Company.Facts(
            "通宝科技有限公司",
            null,
            "91310000MA1FL000XX",
            null,
            null,
            new Secret("李大四"),
            1,
            new Secret("310101198001010011"),
            new Secret("13800000001"),
            new Secret(account),
            "中国建设银行",
            null,
            null,
            null);
    companies.submit(merchant(), member(name), facts, null, now());
    companies.audit(merchant(), member(name), true, null, now());
    return bindPhone(name);
  }

  private String bindPhone(String name) {
    Secret phone = new Secret("139" + PHONES.getAndIncrement());
    Member member = member(name);
    codes.send(merchant(), member, phone, Purpose.BIND_PHONE, "", now());
    String code = code(phone.reveal());
    members.bindPhone(
        member,
        phone,
        codes.redeem(merchant(), member, phone, Purpose.BIND_PHONE, "", code, now()),
        now());
    return "";
  }

  private String card(String name, String number, BindMethod method) {
    Member member = member(name);
    CardClaim claim =
        new CardClaim(
            method,
            NAME,
            IDENTITY,
            new Secret(number),
            member.requirePhone(),
            null,
            null,
            false,
            null);
    bindings.bind(merchant(), member, claim, now());
    if (member.isCompany()) {
      cards.audit(member, true, now());
    }
    return "";
  }

  private String password(String name, PasswordKind kind, String digits) {
    passwords.set(member(name), kind, new Secret(digits), List.of(), now());
    return "";
  }

  /** Money from outside, to a member or to one of the application's own sets. */
  private String money(String to, long fen) {
    long account = members.find(merchant(), to).map(Member::account).orElseGet(() -> platform(to));
    Change.Key key =
        new Change.Key(merchant().id(), "sandbox.topup", Ids.digits(20), 0, Bytes.EMPTY.sha256());
    List<Movement.Leg> legs =
        List.of(
            new Movement.Leg(platform("clearing:GATEWAY"), -fen), new Movement.Leg(account, fen));
    Outcome outcome =
        ledger.commit(Change.at(now()).key(key).move(new Movement.Post(legs)).build());
    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    return "";
  }

  private long platform(String set) {
    return accounts.find(merchant().id(), 0, set).orElseThrow().id();
  }

  /** The newest code that a phone got. */
  private String code(String phone) {
    return inbox.read(new Secret(phone)).stream()
        .map(Text::code)
        .flatMap(code -> Optional.ofNullable(code).stream())
        .findFirst()
        .orElseThrow()
        .reveal();
  }
}
