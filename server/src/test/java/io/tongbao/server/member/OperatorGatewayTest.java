package io.tongbao.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.kernel.Secret;
import io.tongbao.server.boot.StartRefused;
import io.tongbao.server.member.IdentityCheck.Finding;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.vault.TestVault;
import io.tongbao.server.vault.Vault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** What production says to its gateways, and what it makes of their answers. */
class OperatorGatewayTest {
  private static final Secret NAME = new Secret("王小二");
  private static final Secret IDENTITY = new Secret("610422198600000000");
  private static final Merchant MERCHANT =
      new Merchant(
          1, Face.ESCROW, "1", "通宝", Map.of(), Map.of(), List.of(), Set.of(), Duration.ZERO);

  private final AtomicReference<String> heard = new AtomicReference<>("");
  private final AtomicReference<String> token = new AtomicReference<>("");
  private volatile int status = 200;
  private volatile String answer = "";
  private final HttpServer server;

  OperatorGatewayTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          heard.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          token.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "200; {\"agrees\":true}; AGREES",
        "200; {\"agrees\":false}; DIFFERS",
        "200; {\"agrees\":\"true\"}; UNKNOWN",
        "200; {}; UNKNOWN",
        "200; []; UNKNOWN",
        "200; yes; UNKNOWN",
        "200; ''; UNKNOWN",
        "500; {\"agrees\":true}; UNKNOWN",
        "302; {\"agrees\":true}; UNKNOWN",
      })
  void doubtsWhatItCannotRead(int code, String body, Finding finding) {
    status = code;
    answer = body;
    IdentityCheck identities = new GatewayIdentities(gateway());
    assertThat(identities.person(MERCHANT, NAME, IDENTITY)).isEqualTo(finding);
    assertThat(heard.get()).contains("王小二").contains("610422198600000000");
    assertThat(token.get()).isEqualTo("Bearer t");
  }

  @Test
  void doubtsWhoDoesNotAnswer() {
    server.stop(0);
    assertThat(new GatewayIdentities(gateway()).person(MERCHANT, NAME, IDENTITY))
        .isEqualTo(Finding.UNKNOWN);
  }

  @Test
  void asksTheBankForAllThatWasSaid() {
    answer = "{\"agrees\":true}";
    CardClaim claim =
        new CardClaim(
            BindMethod.FOUR_ELEMENTS,
            NAME,
            IDENTITY,
            new Secret("6228360000000000"),
            new Secret("13900000001"),
            new Secret("9912"),
            new Secret("123"),
            false,
            null);
    assertThat(new GatewayIdentities(gateway()).card(MERCHANT, claim)).isEqualTo(Finding.AGREES);
    assertThat(heard.get())
        .contains("6228360000000000", "13900000001", "\"validThru\":\"9912\"", "\"123\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tongbao.gateway.sms; tongbao.gateway.sms",
        "tongbao.gateway.identity; tongbao.gateway.identity",
        "tongbao.gateway.token; tongbao.gateway.token",
      })
  void productionDoesNotStartWithout(String missing, String named) {
    List<String> all =
        List.of(
            "tongbao.gateway.sms=https://sms.test/send",
            "tongbao.gateway.identity=https://identity.test/ask",
            "tongbao.gateway.token=t");
    production(all).run(context -> assertThat(context).hasSingleBean(Texter.class));
    production(all.stream().filter(setting -> !setting.startsWith(missing)).toList())
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasRootCauseInstanceOf(StartRefused.class)
                .rootCause()
                .hasMessageContaining(named));
  }

  @Test
  void productionDoesNotSpeakInTheClear() {
    production(
            List.of(
                "tongbao.gateway.sms=http://sms.test/send",
                "tongbao.gateway.identity=https://identity.test/ask",
                "tongbao.gateway.token=t"))
        .run(
            context -> assertThat(context).getFailure().hasRootCauseInstanceOf(StartRefused.class));
  }

  private static ApplicationContextRunner production(List<String> settings) {
    JdbcClient nowhere = JdbcClient.create(new SimpleDriverDataSource());
    return new ApplicationContextRunner()
        .withInitializer(context -> context.getEnvironment().setActiveProfiles("production"))
        .withUserConfiguration(GatewayConfiguration.class)
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withBean(JdbcClient.class, () -> nowhere)
        .withBean(Vault.class, () -> TestVault.over(nowhere))
        .withPropertyValues(settings.toArray(new String[0]));
  }

  private Gateway gateway() {
    return new Gateway(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), new Secret("t"));
  }
}
