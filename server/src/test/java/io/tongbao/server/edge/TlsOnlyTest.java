package io.tongbao.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/** In production nothing is said without TLS (THREATS T3-3). */
class TlsOnlyTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger asked = new AtomicInteger();
  private WebServer server = serving(List.of());

  @AfterEach
  void stop() {
    server.stop();
    http.close();
  }

  @Test
  void refusesPlainHttpAndReadsNothing() throws Exception {
    assertThat(answer("/service/soa")).isEqualTo(403);
    assertThat(answer("/pwd/payOrder", "https")).as("whoever says so").isEqualTo(403);
    assertThat(answer("/actuator/../service/soa")).isEqualTo(403);
    assertThat(answer("/actuator/%2e%2e/service/soa")).isEqualTo(403);
    assertThat(asked).hasValue(0);
    assertThat(answer("/actuator/health")).isEqualTo(200);
  }

  @Test
  void believesItsProxy() throws Exception {
    server.stop();
    server = serving(List.of("127.0.0.0/8"));
    assertThat(answer("/service/soa", "https")).isEqualTo(200);
    assertThat(answer("/service/soa", "http")).isEqualTo(403);
    assertThat(answer("/service/soa")).isEqualTo(403);
    assertThat(answer("/service/soa", "https", "http")).as("what the caller said").isEqualTo(403);
    assertThat(asked).hasValue(1);
  }

  @Test
  void measurementsAreForInnerNetworks() throws Exception {
    server.stop();
    server = serving(List.of("127.0.0.0/8"));
    for (String path : List.of("/actuator/prometheus", "/actuator", "/x/../actuator/prometheus")) {
      assertThat(answerTo("8.8.8.8", path, "https")).isEqualTo(403);
      assertThat(answerTo("10.0.0.1, 8.8.8.8", path, "https")).isEqualTo(403);
      assertThat(answerTo("10.0.0.1", path)).isEqualTo(200);
      assertThat(answerTo("fd00::1", path)).isEqualTo(200);
    }
    assertThat(answerTo("8.8.8.8", "/actuator/health/readiness", "https")).isEqualTo(200);
  }

  private int answer(String path, String... protos) throws IOException, InterruptedException {
    return answerTo("", path, protos);
  }

  /** What one hears who is said to ask from there. */
  private int answerTo(String source, String path, String... protos)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path));
    for (String proto : protos) {
      request.header("X-Forwarded-Proto", proto);
    }
    if (!source.isEmpty()) {
      request.header("X-Forwarded-For", source);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private WebServer serving(List<String> proxies) {
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    Sources sources = new Sources(new EdgeSettings(proxies, 1, 1));
    new TlsConfiguration().tlsOnly(sources).customize(factory);
    WebServer made =
        factory.getWebServer(
            context -> context.addServlet("all", new Counting(asked)).addMapping("/"));
    made.start();
    return made;
  }

  /** Answers 200, and counts how often it was asked. */
  private static final class Counting extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final AtomicInteger asked;

    Counting(AtomicInteger asked) {
      this.asked = asked;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      asked.incrementAndGet();
      response.setStatus(200);
    }
  }
}
