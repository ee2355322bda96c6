package io.tongbao.server.sandbox;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.payout.PayoutKeyring;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaVerifier;
import io.tongbao.wire.crypto.Verifier;
import io.tongbao.wire.escrow.EscrowNotice;
import io.tongbao.wire.escrow.EscrowReturn;
import io.tongbao.wire.payout.PayoutNotice;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The built-in receiver: {@code POST /sandbox/catch/{name}} takes notices (use it as backUrl),
 * {@code GET} takes a browser that comes back (frontUrl). What came is read at {@code
 * /sandbox/api/catch/{name}}, with the verdict on the platform's signature.
 */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class CatchRoutes implements Routes {
  private static final int LONGEST_BODY = 256 * 1024;
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  private final Catcher catcher;
  private final Verifier platform;
  private final PayoutKeyring dealers;
  private final Guests guests;
  private final Clock clock;

  CatchRoutes(Catcher catcher, EscrowKeys keys, PayoutKeyring dealers, Guests guests, Clock clock) {
    this.catcher = catcher;
    this.dealers = dealers;
    this.guests = guests;
    this.platform = new RsaVerifier(keys.publicKey(), RsaScheme.SHA1);
    this.clock = clock;
  }

  @Bean
  RouterFunction<ServerResponse> receivers() {
    return RouterFunctions.route()
        .POST("/sandbox/catch/{name}", this::takeNotice)
        .GET("/sandbox/catch/{name}", this::takeBrowser)
        .build();
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.GET("/catch/{name}", this::list).PUT("/catch/{name}", this::script);
  }

  private ServerResponse takeNotice(ServerRequest request)
      throws IOException, InterruptedException {
    String name = request.pathVariable("name");
    Bytes body = Bytes.of(request.servletRequest().getInputStream().readNBytes(LONGEST_BODY));
    Catcher.Reply reply = catcher.next(name);
    String dealer = request.headers().firstHeader("dealer-id");
    keep(name, request, body, notice(body, dealer), reply.status());
    Thread.sleep(reply.delay());
    return ServerResponse.status(reply.status())
        .contentType(MediaType.TEXT_PLAIN)
        .body(reply.body());
  }

  private ServerResponse takeBrowser(ServerRequest request) {
    String query = request.uri().getRawQuery();
    keep(request.pathVariable("name"), request, Bytes.EMPTY, returned(query), 200);
    return ServerResponse.ok()
        .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .body("<!doctype html><html lang=\"zh-CN\"><title>已返回商户</title><p>已返回商户页面。</p></html>");
  }

  private void keep(
      String name, ServerRequest request, Bytes body, @Nullable JsonNode decoded, int replied) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .asHttpHeaders()
        .forEach(
            (key, values) -> headers.put(key.toLowerCase(Locale.ROOT), String.join(", ", values)));
    String query = request.uri().getRawQuery();
    String verdict = verdict(body, query, decoded);
    catcher.keep(
        name,
        new Caught(
            clock.instant(),
            request.method().name(),
            query == null ? "" : query,
            headers,
            body,
            decoded,
            verdict,
            replied));
  }

  private static String verdict(Bytes body, @Nullable String query, @Nullable JsonNode decoded) {
    if (decoded != null) {
      return "valid";
    }
    boolean signed = body.utf8().contains("sign=") || (query != null && query.contains("sign="));
    return signed ? "invalid" : "unsigned";
  }

  /** Only the payout face names its dealer in a header. */
  private @Nullable JsonNode notice(Bytes body, @Nullable String dealer) {
    try {
      return dealer == null
          ? Replies.read(EscrowNotice.read(body, platform).rps())
          : payoutNotice(body, dealer);
    } catch (Refusal e) {
      return null;
    }
  }

  private JsonNode payoutNotice(Bytes body, String dealer) {
    PayoutNotice notice = PayoutNotice.read(body, dealers.of(guests.named(Face.PAYOUT, dealer)));
    ObjectNode said =
        Replies.object()
            .put("notify_id", notice.notifyId())
            .put("notify_time", BeijingTime.seconds(notice.notifyTime()));
    said.set("data", Replies.read(notice.data().reveal()));
    return said;
  }

  private @Nullable JsonNode returned(@Nullable String query) {
    if (query == null) {
      return null;
    }
    try {
      return Replies.read(EscrowReturn.read(Bytes.utf8(query), platform).signedValue());
    } catch (Refusal e) {
      return null;
    }
  }

  private ServerResponse list(ServerRequest request) {
    ArrayNode all = Replies.list();
    for (Caught caught : catcher.all(request.pathVariable("name"))) {
      ObjectNode one =
          Replies.object()
              .put("at", caught.at().toString())
              .put("method", caught.method())
              .put("query", caught.query())
              .put("body", caught.body().utf8())
              .put("verdict", caught.verdict())
              .put("replied", caught.replied());
      one.set("decoded", caught.decoded());
      ObjectNode headers = one.putObject("headers");
      caught.headers().forEach(headers::put);
      all.add(one);
    }
    return Replies.ok(all);
  }

  /** {@code {"replies": [{"status": 500}, {"delay": "PT12S"}]}}, used up one by one. */
  private ServerResponse script(ServerRequest request) {
    JsonNode wanted = Replies.body(request).path("replies");
    if (!wanted.isArray() && !wanted.isMissingNode()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "replies");
    }
    List<Catcher.Reply> replies = new ArrayList<>();
    for (JsonNode reply : wanted) {
      replies.add(reply(reply));
    }
    catcher.script(request.pathVariable("name"), replies);
    return Replies.ok(Replies.object().put("replies", replies.size()));
  }

  private static Catcher.Reply reply(JsonNode reply) {
    int status = reply.path("status").asInt(200);
    if (status < 200 || status > 599) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "status");
    }
    try {
      Duration delay = Replies.text(reply, "delay").map(Duration::parse).orElse(Duration.ZERO);
      if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, "delay");
      }
      return new Catcher.Reply(status, delay, Replies.text(reply, "body").orElse("success"));
    } catch (DateTimeException e) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "delay");
    }
  }
}
