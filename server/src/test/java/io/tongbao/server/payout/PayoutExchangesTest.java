package io.tongbao.server.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.member.Inbox;
import io.tongbao.server.member.MailInbox;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.Topups;
import io.tongbao.server.recon.Audits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The golden conversations of this face, over HTTP: {@code exchanges/payout/*.txt}. */
@TestServer
class PayoutExchangesTest {
  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private Brokers brokers;
  @Autowired private Topups topups;
  @Autowired private BalanceAlerts alerts;
  @Autowired private Scheduler scheduler;
  @Autowired private MailInbox mails;
  @Autowired private Inbox inbox;
  @Autowired private Audits audits;

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
            assertThat(inbox.read(new Secret(said[0]))).hasSize(Integer.parseInt(said[1]));
            yield "";
          }
          case "mails" -> {
            String[] said = argument.split(" ", 2);
            assertThat(mails.read(new Secret(said[0]))).hasSize(Integer.parseInt(said[1]));
            yield "";
          }
          case "says" -> {
            String[] said = argument.split(" ", 2);
            assertThat(inbox.read(new Secret(said[0])).getFirst().subject()).isEqualTo(said[1]);
            assertThat(inbox.read(new Secret(said[0])).getFirst().code()).isNull();
            yield "";
          }
          case "tell" -> {
            String[] said = argument.split(" ", 2);
            alerts.tell(dealer.merchant(), List.of(said[0]), List.of(said[1]), dealer.now());
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

  private static PayoutChannel channel(String code) {
    return PayoutChannel.ofCode(code).orElseThrow();
  }

  private String code(String phone) {
    String code = Objects.requireNonNull(inbox.read(new Secret(phone)).getFirst().code()).reveal();
    assertThat(code).matches("[0-9]{6}");
    return code;
  }
}
