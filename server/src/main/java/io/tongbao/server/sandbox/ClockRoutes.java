package io.tongbao.server.sandbox;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The virtual clock: an offset per merchant. Moving it does all that becomes due by it. */
@Component
@Profile("sandbox")
final class ClockRoutes implements Routes {
  private final Merchants merchants;
  private final Scheduler scheduler;
  private final Guests guests;

  ClockRoutes(Merchants merchants, Scheduler scheduler, Guests guests) {
    this.merchants = merchants;
    this.scheduler = scheduler;
    this.guests = guests;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.GET("/clock", this::read).POST("/clock", this::move);
  }

  private ServerResponse read(ServerRequest request) {
    return Replies.ok(describe(guests.of(request)));
  }

  /** {@code {"advance": "PT25H"}} or {@code {"set": "2026-12-01T03:45:00+08:00"}}. */
  private ServerResponse move(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    List<Merchant> moved =
        Replies.text(body, "merchant")
            .map(code -> List.of(guests.named(code)))
            .orElseGet(guests::all);
    ArrayNode ran = Replies.list();
    ObjectNode answer = Replies.object();
    for (Merchant merchant : moved) {
      Merchant later = move(merchant, body);
      scheduler.runDue(later).forEach(ran::add);
      answer.setAll(describe(later));
    }
    answer.set("ran", ran);
    return Replies.ok(answer);
  }

  private Merchant move(Merchant merchant, ObjectNode body) {
    try {
      var advance = Replies.text(body, "advance").map(Duration::parse);
      if (advance.isPresent()) {
        return merchants.advance(merchant, advance.get());
      }
      Instant to = OffsetDateTime.parse(Replies.required(body, "set")).toInstant();
      return merchants.setClock(merchant, to);
    } catch (DateTimeException e) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, body.has("advance") ? "advance" : "set");
    }
  }

  private ObjectNode describe(Merchant merchant) {
    Instant now = merchants.now(merchant);
    return Replies.object()
        .put("merchant", merchant.code())
        .put("now", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now.atZone(BeijingTime.ZONE)))
        .put("offset", merchants.byId(merchant.id()).clockOffset().toString());
  }
}
