package io.tongbao.server.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tongbao.client.escrow.CardCalls;
import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.EscrowCredentials;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.MemberType;
import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.escrow.PasswordCalls;
import io.tongbao.client.escrow.Payment;
import io.tongbao.client.escrow.Source;
import io.tongbao.client.escrow.Terms;
import io.tongbao.client.escrow.Validation;
import io.tongbao.client.tour.Actor;
import io.tongbao.client.tour.Browser;
import io.tongbao.client.tour.Sandbox;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
import io.tongbao.wire.crypto.RsaKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A merchant who lives outside: signs with the sandbox's key, has members and orders, and a site of
 * its own, on another origin, where browsers come back.
 */
public final class Shop implements AutoCloseable {
  private static final int REALNAMEPAY_BINDING = 3;
  private static final String ACCOUNT_SET = "200001";

  private final Sandbox sandbox;
  private final EscrowClient client;
  private final HttpServer site;
  private final List<URI> visits = new CopyOnWriteArrayList<>();
  private volatile String front = "<p id=home>商户首页</p>";

  /** The sandbox's own merchant. */
  public Shop(int port) {
    this(new Sandbox(URI.create("http://localhost:" + port)));
  }

  private Shop(Sandbox sandbox) {
    this(sandbox, EscrowCredentials.of(sandbox.credentials().required("escrow")));
    sandbox.readClock(client.credentials().sysid());
  }

  /** Another merchant, new, with registered hosts. */
  public static Shop with(Merchants merchants, EscrowKeys platform, int port, Set<String> hosts) {
    KeyPair pair = RsaKeys.generate();
    String code = "1" + Ids.digits(11);
    merchants.create(
        new NewMerchant(
            Face.ESCROW,
            code,
            "小心的商户",
            Map.of("accountSetNo", ACCOUNT_SET),
            Map.of(EscrowKeys.MERCHANT, new Secret(RsaKeys.pem(pair.getPublic()))),
            List.of(),
            hosts));
    return new Shop(
        new Sandbox(URI.create("http://localhost:" + port)),
        new EscrowCredentials(code, ACCOUNT_SET, pair.getPrivate(), platform.publicKey(), null));
  }

  private Shop(Sandbox sandbox, EscrowCredentials credentials) {
    this.sandbox = sandbox;
    this.client = EscrowClient.at(sandbox.base(), credentials, sandbox.clock());
    try {
      site = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    site.createContext("/", this::receive);
    site.start();
  }

  @Override
  public void close() {
    site.stop(0);
  }

  public Sandbox sandbox() {
    return sandbox;
  }

  public EscrowClient client() {
    return client;
  }

  public <R> R call(EscrowCall<R> call) {
    return client.call(call);
  }

  /** Moves the merchant's clock. */
  public void advance(Duration by) {
    sandbox.advance(client.credentials().sysid(), by);
  }

  /** So that the next message is not the same as the last. */
  public void nextSecond() {
    advance(Duration.ofSeconds(1));
  }

  /** What the platform told by itself at the receiver of this name, oldest first. */
  public List<JsonNode> notices(String name) {
    advance(Duration.ofSeconds(10));
    return sandbox
        .get("catch/" + name)
        .valueStream()
        .map(each -> each.required("decoded"))
        .toList();
  }

  // ---------------------------------------------------------------- its site

  /** The page that the merchant shows its payers, in HTML. */
  public void show(String html) {
    front = html;
  }

  public URI home() {
    return URI.create("http://localhost:" + site.getAddress().getPort() + "/");
  }

  /** Where browsers come back, as jumpUrl and frontUrl. */
  public String back() {
    return home() + "back?shop=1";
  }

  /** How often browsers came back. */
  public int returns() {
    return visits.size();
  }

  /** What the last browser brought, with the platform's signature checked. */
  public <R> R returned(Class<R> type) {
    String query = visits.getLast().getRawQuery();
    String signed = query.substring(query.indexOf('&') + 1);
    return client.returned(signed, type);
  }

  private void receive(HttpExchange exchange) throws IOException {
    URI address = exchange.getRequestURI();
    boolean comesBack = address.getPath().equals("/back");
    if (comesBack) {
      visits.add(address);
    }
    String page = comesBack ? "<p id=home>欢迎回来</p>" : front;
    byte[] html =
        ("<!DOCTYPE html><html lang=zh><meta charset=utf-8><title>商户</title>" + page)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, html.length);
    try (exchange) {
      exchange.getResponseBody().write(html);
    }
  }

  // ---------------------------------------------------------------- its members

  /** A person with a phone and a proven name. */
  public Actor person(String name) {
    Actor actor = Actor.called("payer", name);
    call(new MemberCalls.Create(actor.member(), MemberType.PERSON, Source.MOBILE));
    call(new MemberCalls.SendCode(actor.member(), actor.phone()));
    call(new MemberCalls.BindPhone(actor.member(), actor.phone(), code(actor)));
    call(new MemberCalls.SetRealName(actor.member(), actor.name(), actor.identity()));
    return actor;
  }

  /** A person with money, who pays with a password. */
  public Actor payer(String name, long fen) {
    Actor actor = person(name);
    var applied =
        call(
            new CardCalls.ApplyBind(
                actor.member(),
                actor.card(),
                actor.phone(),
                actor.name(),
                REALNAMEPAY_BINDING,
                actor.identity()));
    call(
        new CardCalls.Bind(
            actor.member(),
            Objects.requireNonNull(applied.trace()),
            applied.date(),
            actor.phone(),
            code(actor)));
    Money amount = Money.ofFen(fen);
    String number = number("fill");
    call(
        new OrderCalls.Deposit(
            number,
            actor.member(),
            accountSet(),
            amount,
            Money.ZERO,
            Payment.realNamePay(actor.card(), amount),
            terms()));
    call(new OrderCalls.Pay(actor.member(), number, code(actor)));
    return actor;
  }

  /** The same person with a payment password, set on its page without a browser. */
  public Actor withPassword(Actor actor, String password) {
    Browser browser = new Browser(sandbox.base());
    browser.open(setting(actor));
    browser.press("发送验证码");
    browser.type("code", code(actor));
    browser.type("fresh", password);
    browser.type("again", password);
    browser.press("确认");
    return actor;
  }

  /** The newest code that a person's phone got. */
  public String code(Actor actor) {
    return sandbox.code(actor.phone());
  }

  public Money balance(Actor actor) {
    return call(new MoneyCalls.GetBalance(actor.member(), accountSet())).total();
  }

  // ---------------------------------------------------------------- its orders and pages

  public String number(String prefix) {
    return prefix + "-" + Ids.digits(10);
  }

  public String accountSet() {
    return client.credentials().accountSetNo();
  }

  public Terms terms() {
    return Terms.to(sandbox.base().resolve("/sandbox/catch/pages").toString()).returningTo(back());
  }

  /** A purchase from the balance, to be confirmed with the payment password. */
  public String purchase(Actor payer, Actor seller, long fen, String goods) {
    return purchase(payer, seller, fen, goods, balance(fen), Validation.PASSWORD);
  }

  public String purchase(
      Actor payer, Actor seller, long fen, String goods, Payment payment, Validation validation) {
    String number = number("buy");
    call(
        new OrderCalls.Consume(
            payer.member(),
            seller.member(),
            number,
            Money.ofFen(fen),
            Money.ZERO,
            null,
            payment,
            goods,
            null,
            terms().confirmedBy(validation)));
    return number;
  }

  public Payment balance(long fen) {
    return Payment.balance(accountSet(), Money.ofFen(fen));
  }

  /** A deposit at the test bank's page. */
  public String deposit(Actor payer, long fen) {
    return open(payer, Payment.testBank(Money.ofFen(fen)), fen).number();
  }

  /** A deposit in one other way that needs no confirmation of ours. */
  public OrderCalls.Opened open(Actor payer, Payment payment, long fen) {
    return call(
        new OrderCalls.Deposit(
            number("fill"),
            payer.member(),
            accountSet(),
            Money.ofFen(fen),
            Money.ZERO,
            payment,
            terms().confirmedBy(Validation.NONE)));
  }

  /** The payer's way to the cashier. */
  public URI cashier(Actor payer, String number, @Nullable String code) {
    return client.page(
        "/service/gateway/frontTrans.do", new OrderCalls.Pay(payer.member(), number, code));
  }

  /** The payer's way to the page where he pays with his password. */
  public URI payment(Actor payer, String number) {
    return payment(payer, number, back());
  }

  public URI payment(Actor payer, String number, @Nullable String jumpUrl) {
    return client.page(
        PasswordCalls.PAY_PAGE,
        new PasswordCalls.Pay(payer.member(), number, jumpUrl, "127.0.0.1"));
  }

  public URI setting(Actor actor) {
    return client.page(
        PasswordCalls.SET_PAGE,
        new PasswordCalls.Set(actor.member(), actor.phone(), actor.proof(), back(), notices()));
  }

  public URI resetting(Actor actor) {
    return client.page(
        PasswordCalls.RESET_PAGE,
        new PasswordCalls.Reset(actor.member(), actor.phone(), actor.proof(), null, notices()));
  }

  public URI changing(Actor actor) {
    return changing(actor, back());
  }

  public URI changing(Actor actor, String jumpUrl) {
    return client.page(
        PasswordCalls.UPDATE_PAGE,
        new PasswordCalls.Update(actor.member(), actor.proof(), jumpUrl, notices()));
  }

  public URI changingPhone(Actor actor) {
    return client.page(
        PasswordCalls.UPDATE_PHONE_PAGE,
        new PasswordCalls.UpdatePhone(
            actor.member(), actor.proof(), actor.phone(), back(), notices()));
  }

  private String notices() {
    return sandbox.base().resolve("/sandbox/catch/passwords").toString();
  }

  public int status(Actor actor, String number) {
    return call(new OrderCalls.Get(actor.member(), number)).state();
  }

  /** What the audit found; empty where every fen is in its place. */
  public String audit() {
    JsonNode audit = sandbox.audit();
    return audit.required("passed").asBoolean() ? "" : audit.toString();
  }
}
