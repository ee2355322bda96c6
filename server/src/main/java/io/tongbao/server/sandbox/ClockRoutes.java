package io.tongbao.server.sandbox;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** The virtual clock: an offset per merchant. Moving it does all that becomes due by it. */
@Component
@Profile("sandbox")
final class ClockRoutes implements Routes {
  /** No clock goes further: beyond that nothing has a date that the faces could write. */
  private static final Instant LAST = BeijingTime.startOf(LocalDate.of(2100, 1, 1));

  /** How a clock is moved. */
  private sealed interface Step {
    /** Refuses what would turn a clock back that shows {@code now}, or leads too far ahead. */
    void check(Instant now);
  }

  private record By(Duration time) implements Step {
    @Override
    public void check(Instant now) {
      if (time.isNegative() || time.compareTo(Duration.between(now, LAST)) > 0) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, "advance");
      }
    }
  }

  private record To(Instant moment) implements Step {
    @Override
    public void check(Instant now) {
      if (moment.isBefore(now) || moment.isAfter(LAST)) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, "set");
      }
    }
  }

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

  /**
   * {@code {"advance": "PT25H"}} or {@code {"set": "2026-12-01T03:45:00+08:00"}}. Without a
   * merchant all clocks move, or none; what is told is then the time that GET tells.
   */
  private ServerResponse move(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Optional<Merchant> one = Replies.text(body, "merchant").map(guests::named);
    List<Merchant> moved = one.map(List::of).orElseGet(guests::all);
    Step step = step(body);
    moved.forEach(merchant -> step.check(merchants.now(merchant)));
    Set<String> ran = new LinkedHashSet<>();
    for (Merchant merchant : moved) {
      ran.addAll(scheduler.runDueAfter(merchant, () -> move(merchant, step)));
    }
    ObjectNode answer = describe(one.orElseGet(() -> guests.of(request)));
    ran.forEach(answer.putArray("ran")::add);
    return Replies.ok(answer);
  }

  private void move(Merchant merchant, Step step) {
    switch (step) {
      case By(Duration time) -> merchants.advance(merchant, time);
      case To(Instant moment) -> merchants.setClock(merchant, moment);
    }
  }

  private static Step step(ObjectNode body) {
    String name = body.has("advance") ? "advance" : "set";
    String text = Replies.required(body, name);
    try {
      return name.equals("advance")
          ? new By(Duration.parse(text))
          : new To(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
  }

  private ObjectNode describe(Merchant merchant) {
    Instant now = merchants.now(merchant).truncatedTo(ChronoUnit.MILLIS);
    return Replies.object()
        .put("merchant", merchant.code())
        .put("now", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now.atZone(BeijingTime.ZONE)))
        .put("offset", merchants.byId(merchant.id()).clockOffset().toString());
  }
}
