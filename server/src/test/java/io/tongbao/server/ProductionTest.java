package io.tongbao.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.merchant.Merchants;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** The same server as production runs it: it starts, it has no sandbox, and it wants TLS. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "tongbao.edge.trusted-proxies=127.0.0.1,::1",
      "tongbao.files.base-url=https://pay.example.com",
      "tongbao.gateway.sms=https://texts.example.com/send",
      "tongbao.gateway.identity=https://persons.example.com/check",
      "tongbao.gateway.token=a-token-of-the-test",
      "tongbao.vault.master-key=1 AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="
    })
@ActiveProfiles("production")
@ContextConfiguration(initializers = FreshDatabase.class)
@DirtiesContext
class ProductionTest {
  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private JdbcClient jdbc;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sandbox",
        "/sandbox/",
        "/sandbox/api/credentials",
        "/sandbox/api/clock",
        "/sandbox/api/sms?phone=13900000001",
        "/sandbox/api/reset",
        "/sandbox/catch/x"
      })
  void hasNoSandbox(String path) throws Exception {
    assertThat(get(path, "https").statusCode()).isEqualTo(404);
    assertThat(post(path, "https", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void hasNoSandboxsMerchant() {
    assertThat(merchants.all()).isEmpty();
    assertThat(jdbc.sql("SELECT profile FROM platform").query(String.class).single())
        .isEqualTo("PRODUCTION");
  }

  @Test
  void wantsTls() throws Exception {
    assertThat(post("/service/soa", "", "sysid=1").statusCode()).isEqualTo(403);
    assertThat(post("/service/soa", "http", "sysid=1").statusCode()).isEqualTo(403);
    HttpResponse<String> answer = post("/service/soa", "https", "sysid=1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"error\"");
    assertThat(get("/actuator/health", "").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path, String proto) throws Exception {
    return send(HttpRequest.newBuilder(address(path)).GET(), proto);
  }

  private HttpResponse<String> post(String path, String proto, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(address(path)).POST(HttpRequest.BodyPublishers.ofString(body)),
        proto);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String proto)
      throws Exception {
    if (!proto.isEmpty()) {
      request.header("X-Forwarded-Proto", proto);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
