package io.tongbao.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The control interface is the one that docs/sandbox-api.yaml describes. */
@TestServer
class ApiDocumentTest {
  private static final Pattern ROUTE = Pattern.compile("\\((GET|POST|PUT) && (/[^)]*)\\)");

  @LocalServerPort private int port;

  @Autowired
  @Qualifier("sandbox")
  private RouterFunction<ServerResponse> api;

  @Test
  void everyCallIsDescribedAndEveryDescriptionIsACall() throws IOException {
    assertThat(served()).hasSizeGreaterThan(15).isEqualTo(described());
  }

  @Test
  void anOperatorsMistakesAreToldByTheirName() throws Exception {
    String day = "{\"from\":\"2026-01-01T00:00:00+08:00\",\"to\":\"2026-01-02T00:00:00+08:00\"%s}";
    assertThat(say("GET", "/notices/4711/preview", "")).startsWith("404").contains("4711");
    assertThat(say("GET", "/notices/endpoints", "")).isEqualTo("200 []");
    assertThat(say("POST", "/notices/resend", day.formatted(""))).isEqualTo("200 {\"resent\":0}");
    assertThat(say("POST", "/notices/resend", "{}")).startsWith("400").contains("from");
    assertThat(say("POST", "/notices/resend", day.formatted(",\"state\":\"x\"")))
        .startsWith("400")
        .contains("state");
    assertThat(say("POST", "/notices/endpoints", "{}")).startsWith("400").contains("origin");
    assertThat(say("POST", "/notices/endpoints", "{\"origin\":\"https://x:443\"}"))
        .startsWith("404");
    assertThat(say("GET", "/credentials", "")).contains("\"webhookSecret\":\"whsec_");
  }

  private String say(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sandbox/api" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  private Set<String> served() {
    Set<String> calls = new TreeSet<>();
    Matcher route = ROUTE.matcher(api.toString());
    while (route.find()) {
      calls.add(route.group(1) + " " + route.group(2));
    }
    return calls;
  }

  private static Set<String> described() throws IOException {
    Set<String> calls = new TreeSet<>();
    try (Reader text = Files.newBufferedReader(Path.of("../docs/sandbox-api.yaml"))) {
      Map<String, Map<String, Map<String, Object>>> document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      Map<String, Map<String, Object>> paths = Objects.requireNonNull(document.get("paths"));
      paths.forEach((path, methods) ->
          methods
              .keySet()
              .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    }
    return calls;
  }
}
