package io.tongbao.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The server starts, says that it is well, and talks to the database in the application's role. */
@TestServer
class StartTest {
  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  @Test
  void saysThatItIsWell() throws Exception {
    for (String path :
        new String[] {
          "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"
        }) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("UP");
      assertThat(answer.headers().firstValue("server")).isEmpty();
    }
    assertThat(get("/actuator/prometheus").body()).contains("hikaricp_connections");
  }

  @Test
  void showsNoInsides() throws Exception {
    HttpResponse<String> answer = get("/no/such/page");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("Exception", "io.tongbao", "springframework");
  }

  @Test
  void connectionsWearTheApplicationsRole() {
    assertThat(jdbc.sql("SELECT current_user").query(String.class).single())
        .isEqualTo("tongbao_app");
    assertThat(show("statement_timeout")).isEqualTo("5s");
    assertThat(show("lock_timeout")).isEqualTo("2s");
    assertThat(show("idle_in_transaction_session_timeout")).isEqualTo("5s");
    assertThat(show("TimeZone")).isEqualTo("UTC");
  }

  private String show(String setting) {
    return jdbc.sql("SHOW " + setting).query(String.class).single();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
