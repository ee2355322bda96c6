package io.tongbao.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.wire.crypto.Certificates;
import io.tongbao.wire.crypto.Pkcs12;
import io.tongbao.wire.crypto.RsaKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control interface is the one that docs/sandbox-api.yaml describes. */
@TestServer
class ApiDocumentTest {
  private static final Pattern ROUTE = Pattern.compile("\\((GET|POST|PUT) && (/[^)]*)\\)");

  private static final ApiDocument DOCUMENT = ApiDocument.read();
  private static final JsonMapper JSON = JsonMapper.shared();

  @LocalServerPort private int port;

  @Autowired
  @Qualifier("sandbox")
  private RouterFunction<ServerResponse> api;

  @Test
  void everyCallIsDescribedAndEveryDescriptionIsACall() {
    assertThat(served()).hasSizeGreaterThan(15).isEqualTo(DOCUMENT.calls());
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
    assertThat(say("GET", "/evidence", "")).isEqualTo("200 []");
    assertThat(say("GET", "/evidence?order=x", "")).startsWith("404").contains("ORDER_UNKNOWN x");
    assertThat(say("GET", "/credentials", "")).contains("\"webhookSecret\":\"whsec_");
  }

  /** §3.4, §6.2: clients take the key to verify with from the file with the key to sign with. */
  @Test
  void oneFileHoldsBothKeysOfTheEscrowFace() throws Exception {
    String answer = say("GET", "/credentials", "");
    JsonNode escrow = JSON.readTree(answer.substring(answer.indexOf('{'))).required("escrow");
    Secret password = new Secret(escrow.required("pfxPassword").asString());
    Pkcs12 own = Pkcs12.read(Bytes.ofBase64(escrow.required("pfx").asString()), password);
    Pkcs12 both = Pkcs12.read(Bytes.ofBase64(escrow.required("soaPfx").asString()), password);
    assertThat(both.alias()).isEqualTo(escrow.required("sysid").asString());
    assertThat(both.key()).isEqualTo(own.key());
    assertThat(RsaKeys.pem(both.certificate().getPublicKey()))
        .isEqualTo(escrow.required("platformPublicKey").asString());
    assertThat(Certificates.pem(own.certificate()))
        .isEqualTo(escrow.required("merchantCertificate").asString());
  }

  @Test
  void whatCannotBeIsToldByItsName() throws Exception {
    assertThat(say("POST", "/topups", "{\"face\":\"moon\"}")).contains("BAD_FIELD face");
    assertThat(say("POST", "/channel/maintenance", "{\"channel\":\"TLT\",\"on\":\"yes\"}"))
        .contains("BAD_FIELD on");
    assertThat(say("POST", "/clock", "{\"advance\":{}}")).contains("BAD_FIELD advance");
    for (String set : List.of("100004", "clearing:TLT")) {
      assertThat(
              say(
                  "POST",
                  "/topups",
                  "{\"sysid\":\"100000000001\",\"accountSetNo\":\"%s\",\"amount\":1}"
                      .formatted(set)))
          .contains("BAD_FIELD accountSetNo");
    }
    assertThat(
            say(
                "PUT",
                "/contacts",
                "{\"dealerId\":\"%s\",\"phones\":\"13900004001\"}".formatted("tongbao")))
        .contains("BAD_FIELD phones");
    for (String reply : List.of("{\"status\":99}", "{\"status\":600}")) {
      assertThat(say("PUT", "/catch/x", "{\"replies\":[" + reply + "]}"))
          .contains("BAD_FIELD status");
    }
    assertThat(say("PUT", "/catch/x", "{\"replies\":{}}")).contains("BAD_FIELD replies");
    assertThat(say("PUT", "/catch/x", "{\"replies\":[{\"delay\":\"PT61S\"}]}"))
        .contains("BAD_FIELD delay");
  }

  private String say(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sandbox/api" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      DOCUMENT.check(method, path, answer.statusCode(), JSON.readTree(answer.body()));
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
}
