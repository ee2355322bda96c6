package io.tongbao.client.tour;

import io.tongbao.kernel.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The control API of a running sandbox: credentials, text messages, clock, notices, audit. */
public final class Sandbox {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final URI base;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();
  private volatile Duration ahead = Duration.ZERO;

  public Sandbox(URI base) {
    this.base = base;
  }

  public URI base() {
    return base;
  }

  public JsonNode credentials() {
    return get("credentials");
  }

  /** The newest code that was sent to the phone. */
  public String code(String phone) {
    JsonNode sent = get("sms?phone=" + phone);
    if (sent.isEmpty()) {
      throw new TourFailed("no text message to " + phone);
    }
    return sent.get(0).required("code").asString();
  }

  /** The codes that were sent to the phone, by what they confirm: an order's or trace number. */
  public Map<String, String> codes(String phone) {
    Map<String, String> codes = new HashMap<>();
    for (JsonNode sent : get("sms?phone=" + phone)) {
      codes.putIfAbsent(sent.path("subject").asString(""), sent.path("code").asString(""));
    }
    return codes;
  }

  /** The sandbox's time, which may be ahead of the world's; call {@link #readClock} first. */
  public InstantSource clock() {
    return () -> Clock.systemUTC().instant().plus(ahead);
  }

  /** Learns how far the merchant's clock is ahead, so that requests carry its time. */
  public void readClock(String merchant) {
    follow(get("clock?merchant=" + merchant));
  }

  /** Moves the merchant's clock; due jobs have run when this returns. Returns what ran. */
  public JsonNode advance(String merchant, Duration by) {
    ObjectNode move = json.createObjectNode();
    move.put("advance", by.toString());
    move.put("merchant", merchant);
    JsonNode moved = post("clock", move);
    follow(moved);
    return moved;
  }

  /** Everything that arrived at the built-in receiver of this name, oldest first. */
  JsonNode caught(String name) {
    return get("catch/" + name);
  }

  String catchUrl(String name) {
    return base.resolve("/sandbox/catch/" + name).toString();
  }

  public JsonNode audit() {
    return get("audit");
  }

  public JsonNode get(String path) {
    return send(HttpRequest.newBuilder(api(path)).GET());
  }

  public JsonNode post(String path, JsonNode body) {
    return send(
        HttpRequest.newBuilder(api(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  public ObjectNode object() {
    return json.createObjectNode();
  }

  /** The bytes at an address of the platform, as text. */
  String download(URI address) {
    return fetch(HttpRequest.newBuilder(base.resolve(address)).GET()).body();
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  private void follow(JsonNode clock) {
    Instant now = OffsetDateTime.parse(clock.required("now").asString()).toInstant();
    ahead = Duration.between(Clock.systemUTC().instant(), now);
  }

  private URI api(String path) {
    return base.resolve("/sandbox/api/" + path);
  }

  private JsonNode send(HttpRequest.Builder request) {
    HttpResponse<String> response = fetch(request);
    if (response.statusCode() / 100 != 2) {
      throw new TourFailed(response.uri() + " answered " + response.statusCode());
    }
    return json.readTree(response.body());
  }

  private HttpResponse<String> fetch(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new TourFailed("no platform answers at " + base + " (" + e + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TourFailed("interrupted");
    }
  }
}
