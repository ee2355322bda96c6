package io.tongbao.server.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.TestServer;
import io.tongbao.server.edge.Protocol;
import io.tongbao.server.member.Contacts;
import io.tongbao.server.member.Inbox;
import io.tongbao.server.member.MailInbox;
import io.tongbao.server.member.Purpose;
import io.tongbao.server.member.Text;
import io.tongbao.server.member.Texter;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.Topups;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.payout.PayoutAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The golden conversations of this face, over HTTP: {@code exchanges/payout/*.txt}. */
@TestServer
class PayoutExchangesTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The way to phones, which a conversation can shut. */
  @TestConfiguration
  static class Phones {
    @Bean
    @Primary
    Way way(Inbox inbox) {
      return new Way(inbox);
    }
  }

  /** The sandbox's inbox, where it is open. */
  static final class Way implements Texter {
    private final Inbox inbox;
    private volatile boolean shut;

    Way(Inbox inbox) {
      this.inbox = inbox;
    }

    @Override
    public String draw(Purpose purpose) {
      return inbox.draw(purpose);
    }

    @Override
    public List<RowWrite> writes(Merchant merchant, Text text) {
      return shut ? List.of() : inbox.writes(merchant, text);
    }

    @Override
    public void send(Merchant merchant, Text text) {
      if (shut) {
        throw Refusal.of(Refusal.Reason.BUSY, "phone");
      }
    }
  }

  @LocalServerPort private int port;
  @Autowired private Way way;
  @Autowired private Merchants merchants;
  @Autowired private List<Protocol> protocols;
  @Autowired private Brokers brokers;
  @Autowired private Topups topups;
  @Autowired private BalanceAlerts alerts;
  @Autowired private Contacts contacts;
  @Autowired private Scheduler scheduler;
  @Autowired private MailInbox mails;
  @Autowired private Inbox inbox;
  @Autowired private Audits audits;
  @Autowired private JdbcClient jdbc;

  @TestFactory
  List<DynamicTest> conversations() throws Exception {
    Path folder =
        Path.of(
            Objects.requireNonNull(getClass().getResource("/exchanges/payout"), "folder").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)))
          .toList();
    }
  }

  /** THREATS T-X16: of 64 guesses at once five count; of 64 requests at once one sends a text. */
  @Test
  void codesAreGuessedFiveTimesAndSentOnceHoweverManyAsk() throws Exception {
    String claim =
        "\"card_no\":\"6228480000000000017\",\"id_card\":\"110101198001010011\","
            + "\"real_name\":\"张三\",\"mobile\":\"13900001064\"";
    PayoutDealer dealer = PayoutDealer.open(merchants, port);
    List<PayoutAnswer> sent =
        atOnce(i -> dealer.call("POST /authentication/verify-request", "{" + claim + "}"));
    assertThat(sent).extracting(PayoutAnswer::data).containsOnly(sent.getFirst().data());
    assertThat(inbox.read(new Secret("13900001064"))).hasSize(1);

    String ref = JSON.readTree(sent.getFirst().data()).get("ref").asString();
    List<PayoutAnswer> guessed =
        atOnce(i ->
            dealer.call(
                "POST /authentication/verify-confirm",
                "{%s,\"ref\":\"%s\",\"captcha\":\"x%d\"}".formatted(claim, ref, i)));
    assertThat(guessed).extracting(PayoutAnswer::code).containsOnly("2003");
    assertThat(
            jdbc.sql("SELECT tries FROM payout_captcha WHERE merchant_id = ?")
                .param(dealer.merchant().id())
                .query(Integer.class)
                .single())
        .isEqualTo(5);
    assertThat(
            dealer
                .call(
                    "POST /authentication/verify-confirm",
                    "{%s,\"ref\":\"%s\",\"captcha\":\"%s\"}"
                        .formatted(claim, ref, code("13900001064")))
                .code())
        .isEqualTo("2003");
  }

  /** THREATS T-X15: what is another dealer's is answered as what does not exist. */
  @Test
  void othersOrdersBrokersAndCodesDoNotExist() {
    PayoutDealer owner = PayoutDealer.open(merchants, port);
    PayoutDealer foreign = PayoutDealer.open(merchants, port);
    brokers.open(owner.merchant(), "yunyi", Broker.Terms.of(0), owner.now());
    String order =
        "{\"order_id\":\"mine\",\"dealer_id\":\"%s\",\"broker_id\":\"yunyi\",\"real_name\":\"张三\","
            + "\"card_no\":\"6228480000000000017\",\"id_card\":\"110101198001010011\",\"pay\":\"1\"}";
    String at = "POST /api/payment/v1/order-realtime";
    assertThat(owner.call(at, order.formatted(owner.id())).isOk()).isTrue();
    String query = "GET /api/payment/v1/query-realtime-order";
    for (String number : List.of("mine", "nobodys")) {
      assertThat(foreign.call(query, "{\"order_id\":\"%s\"}".formatted(number)))
          .extracting(PayoutAnswer::code, PayoutAnswer::data)
          .containsExactly("2018", null);
    }
    assertThat(owner.call(query, "{\"order_id\":\"mine\"}").isOk()).isTrue();
    assertThat(foreign.call(at, order.formatted(foreign.id())).code()).isEqualTo("2038");
    String login = "GET /api/payment/v1/auth-alipay";
    assertThat(foreign.call(login, "{\"broker_id\":\"yunyi\"}").code()).isEqualTo("2038");
    String accounts = "{\"dealer_id\":\"%s\"}".formatted(foreign.id());
    assertThat(foreign.call("GET /api/payment/v1/query-accounts", accounts).data())
        .doesNotContain("yunyi");
  }

  /** The same for whatever names something, of every interface; pictures are sent elsewhere. */
  @Test
  void whatIsAnotherDealersIsAsGoodAsNothing() {
    PayoutDealer owner = PayoutDealer.open(merchants, port);
    PayoutDealer foreign = PayoutDealer.open(merchants, port);
    brokers.open(owner.merchant(), "yunyi", Broker.Terms.of(0), owner.now());
    String at = "POST /api/payment/v1/order-realtime";
    assertThat(owner.call(at, PayoutSamples.of(at, owner, "mine").toString()).isOk()).isTrue();
    String phone = "13900002015";
    String asks = "POST /authentication/verify-request";
    ObjectNode claim = PayoutSamples.of(asks, owner, "").put("mobile", phone);
    PayoutAnswer sent = owner.call(asks, claim.toString());
    claim.put("ref", JSON.readTree(sent.data()).required("ref").asString());
    claim.put("captcha", code(phone));

    int cases = 0;
    for (String name : served()) {
      ObjectNode request = PayoutSamples.of(name, foreign, "theirs");
      if (request.has("captcha")) {
        request.setAll(claim);
      }
      for (String field : List.of("broker_id", "order_id", "ref")) {
        // Who names a broker gives an order a number of his own: that may be anybody's.
        boolean refers = field.equals("broker_id") || !request.has("broker_id");
        if (request.has(field) && refers) {
          cases++;
          String theirs = field.equals("order_id") ? "mine" : request.get(field).asString();
          PayoutAnswer other = foreign.call(name, request.put(field, theirs).toString());
          PayoutAnswer none = foreign.call(name, request.put(field, "nobodys").toString());
          assertThat(other.isOk()).as("%s %s", name, field).isFalse();
          assertThat(other.code() + other.message()).isEqualTo(none.code() + none.message());
        }
      }
    }
    assertThat(cases).isGreaterThan(10);
    String confirms = "POST /authentication/verify-confirm";
    assertThat(owner.call(confirms, claim.toString()).isOk()).isTrue();
  }

  private List<String> served() {
    return protocols.stream()
        .filter(protocol -> protocol.face() == Face.PAYOUT)
        .flatMap(protocol -> protocol.catalog().names().stream())
        .filter(name -> !name.endsWith("/image"))
        .sorted()
        .toList();
  }

  private static List<PayoutAnswer> atOnce(IntFunction<PayoutAnswer> call) throws Exception {
    List<PayoutAnswer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PayoutAnswer>> calls =
          IntStream.range(0, 64).mapToObj(i -> threads.submit(() -> call.apply(i))).toList();
      for (Future<PayoutAnswer> each : calls) {
        answers.add(each.get());
      }
    }
    return answers;
  }

  private void play(Path file) throws IOException {
    PayoutDealer dealer = PayoutDealer.open(merchants, port);
    brokers.open(dealer.merchant(), "yunyi", Broker.Terms.of(70_000), dealer.now());
    new PayoutConversation(dealer, words(dealer)).play(Files.readAllLines(file));
    assertThat(audits.run().violations()).isEmpty();
  }

  private BiFunction<String, String, @Nullable String> words(PayoutDealer dealer) {
    return (word, argument) ->
        switch (word) {
          case "code" -> code(argument);
          case "texts" -> {
            String[] said = argument.split(" ", 2);
            until(
                dealer, () -> inbox.read(new Secret(said[0])).size() >= Integer.parseInt(said[1]));
            assertThat(inbox.read(new Secret(said[0]))).hasSize(Integer.parseInt(said[1]));
            yield "";
          }
          case "mails" -> {
            String[] said = argument.split(" ", 2);
            until(
                dealer, () -> mails.read(new Secret(said[0])).size() >= Integer.parseInt(said[1]));
            assertThat(mails.read(new Secret(said[0]))).hasSize(Integer.parseInt(said[1]));
            yield "";
          }
          case "says" -> {
            String[] said = argument.split(" ", 2);
            assertThat(inbox.read(new Secret(said[0])).getFirst().subject()).isEqualTo(said[1]);
            assertThat(inbox.read(new Secret(said[0])).getFirst().code()).isNull();
            yield "";
          }
          case "phones" -> {
            way.shut = argument.equals("shut");
            yield "";
          }
          case "tell" -> {
            String[] said = argument.split(" ", 2);
            contacts.replace(dealer.merchant(), List.of(said[0]), List.of(said[1]), dealer.now());
            yield "";
          }
          case "watch" -> {
            String[] said = argument.split(" ", 2);
            Broker broker = brokers.find(dealer.merchant(), "yunyi");
            Money threshold = Money.parseYuan(said[1]);
            alerts.watch(dealer.merchant(), broker, channel(said[0]), threshold, dealer.now());
            yield "";
          }
          case "topup" -> {
            String[] said = argument.split(" ", 2);
            topups.add(
                dealer.merchant(),
                brokers.find(dealer.merchant(), "yunyi"),
                channel(said[0]),
                Money.parseYuan(said[1]),
                Ids.twentyDigits(),
                dealer.now());
            yield "";
          }
          case "due" -> {
            scheduler.runDue(dealer.merchant());
            yield "";
          }
          case "clock" -> {
            merchants.advance(dealer.merchant(), Duration.parse(argument));
            yield "";
          }
          case "setting" -> {
            String[] pair = argument.split("=", 2);
            merchants.changeSettings(dealer.merchant(), Map.of(pair[0], pair[1]));
            yield "";
          }
          default -> null;
        };
  }

  /** What is due may be in the hands of the scheduler's own thread. */
  private void until(PayoutDealer dealer, BooleanSupplier isDone) {
    for (int round = 0; round < 200 && !isDone.getAsBoolean(); round++) {
      scheduler.runDue(dealer.merchant());
    }
  }

  private static PayoutChannel channel(String code) {
    return PayoutChannel.ofCode(code).orElseThrow();
  }

  private String code(String phone) {
    String code = Objects.requireNonNull(inbox.read(new Secret(phone)).getFirst().code()).reveal();
    assertThat(code).matches("[0-9]{6}");
    return code;
  }
}
