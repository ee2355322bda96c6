package io.tongbao.server.sandbox;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.notice.Destination;
import io.tongbao.server.notice.Letter;
import io.tongbao.server.notice.Notice;
import io.tongbao.server.notice.Notices;
import io.tongbao.server.notice.Selection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an operator does to notices (THREATS W-10): looks at one as it would be sent, sends many
 * again, stops sending to an endpoint and goes on.
 */
@Component
@Profile("sandbox")
final class NoticeDeskRoutes implements Routes {
  private final Guests guests;
  private final Merchants merchants;
  private final Scheduler scheduler;
  private final Notices notices;

  NoticeDeskRoutes(Guests guests, Merchants merchants, Scheduler scheduler, Notices notices) {
    this.guests = guests;
    this.merchants = merchants;
    this.scheduler = scheduler;
    this.notices = notices;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes
        .GET("/notices/{id}/preview", this::preview)
        .POST("/notices/resend", this::resend)
        .GET("/notices/endpoints", this::endpoints)
        .POST("/notices/endpoints", this::pause);
  }

  private ServerResponse preview(ServerRequest request) {
    long id = NoticeRoutes.id(request.pathVariable("id"));
    for (Merchant merchant : guests.all()) {
      Optional<Letter> letter = notices.preview(merchant, id, merchants.now(merchant));
      if (letter.isPresent()) {
        return Replies.ok(describe(letter.get()));
      }
    }
    return Replies.refused(HttpStatus.NOT_FOUND, "no notice " + id);
  }

  /**
   * {@code {"from": …, "to": …}}, and as far as wanted {@code state}, {@code event}, {@code
   * origin}.
   */
  private ServerResponse resend(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Merchant merchant = merchant(body);
    Instant now = merchants.now(merchant);
    Selection chosen =
        new Selection(
            time(body, "from"),
            time(body, "to"),
            Replies.text(body, "state").map(NoticeDeskRoutes::state).orElse(null),
            Replies.text(body, "event").orElse(null),
            Replies.text(body, "origin").orElse(null));
    int resent = notices.resend(merchant.id(), chosen, now);
    scheduler.runDue(merchant);
    return Replies.ok(Replies.object().put("resent", resent));
  }

  private ServerResponse endpoints(ServerRequest request) {
    return Replies.ok(endpoints(guests.of(request)));
  }

  /** {@code {"origin": "https://host:443", "paused": true}}. */
  private ServerResponse pause(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Merchant merchant = merchant(body);
    String origin = Replies.required(body, "origin");
    if (!notices.pause(merchant.id(), origin, Replies.flag(body, "paused", true))) {
      return Replies.refused(HttpStatus.NOT_FOUND, "no endpoint " + origin);
    }
    scheduler.runDue(merchant);
    return Replies.ok(endpoints(merchant));
  }

  private ArrayNode endpoints(Merchant merchant) {
    ArrayNode all = Replies.list();
    for (Destination destination : notices.destinations(merchant.id())) {
      all.add(
          Replies.object()
              .put("origin", destination.origin())
              .put("paused", destination.paused())
              .put("timeouts", destination.timeouts())
              .put("closedUntil", text(destination.closedUntil()))
              .put("failingSince", text(destination.failingSince()))
              .put("waiting", destination.waiting()));
    }
    return all;
  }

  private static ObjectNode describe(Letter letter) {
    ObjectNode one =
        Replies.object()
            .put("method", letter.method())
            .put("query", letter.query())
            .put("contentType", letter.contentType())
            .put("body", letter.body().utf8());
    ObjectNode headers = one.putObject("headers");
    letter.headers().forEach(headers::put);
    return one;
  }

  private Merchant merchant(JsonNode body) {
    return guests.named(Replies.text(body, "merchant").orElse(EscrowGuest.SYSID));
  }

  private static Instant time(JsonNode body, String name) {
    try {
      return OffsetDateTime.parse(Replies.required(body, name)).toInstant();
    } catch (DateTimeException e) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
  }

  private static Notice.State state(String text) {
    try {
      return Notice.State.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "state");
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
