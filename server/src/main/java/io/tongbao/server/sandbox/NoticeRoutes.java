package io.tongbao.server.sandbox;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.notice.Attempt;
import io.tongbao.server.notice.Notice;
import io.tongbao.server.notice.Notices;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET notices?order=N}: an order's notices with every attempt; resend by hand. */
@Component
@Profile("sandbox")
final class NoticeRoutes implements Routes {
  private static final int MOST = 200;

  private final Guests guests;
  private final Merchants merchants;
  private final Scheduler scheduler;
  private final Notices notices;
  private final JdbcClient jdbc;

  NoticeRoutes(
      Guests guests, Merchants merchants, Scheduler scheduler, Notices notices, JdbcClient jdbc) {
    this.guests = guests;
    this.merchants = merchants;
    this.scheduler = scheduler;
    this.notices = notices;
    this.jdbc = jdbc;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.GET("/notices", this::list).POST("/notices/{id}/resend", this::resend);
  }

  private ServerResponse list(ServerRequest request) {
    List<Merchant> chosen = guests.chosen(request);
    Optional<String> order = request.param("order");
    ArrayNode all = Replies.list();
    (order.isPresent() ? of(chosen, order.get()) : newest(chosen))
        .forEach(notice -> all.add(describe(notice)));
    return Replies.ok(all);
  }

  /** The newest of each state. */
  private Stream<Notice> newest(List<Merchant> chosen) {
    return chosen.stream()
        .flatMap(merchant ->
            Arrays.stream(Notice.State.values())
                .flatMap(state -> notices.list(merchant.id(), state, MOST).stream()));
  }

  /** Of an order or payout, by the merchant's number or ours. */
  private Stream<Notice> of(List<Merchant> chosen, String order) {
    List<Subject> subjects =
        chosen.stream().flatMap(merchant -> subjects(merchant, order).stream()).toList();
    if (subjects.isEmpty()) {
      throw Refusal.of(Refusal.Reason.ORDER_UNKNOWN, order);
    }
    return subjects.stream()
        .flatMap(subject -> notices.of(subject.merchant(), subject.id()).stream());
  }

  private record Subject(int merchant, long id) {}

  private List<Subject> subjects(Merchant merchant, String order) {
    return jdbc.sql(
            """
            SELECT id FROM orders WHERE merchant_id = ? AND (number = ? OR order_no = ?)
            UNION ALL
            SELECT id FROM payout WHERE merchant_id = ? AND (number = ? OR ref = ?)
            """)
        .params(merchant.id(), order, order, merchant.id(), order, order)
        .query((row, _) -> new Subject(merchant.id(), row.getLong("id")))
        .list();
  }

  private ServerResponse resend(ServerRequest request) {
    long id = id(request.pathVariable("id"));
    for (Merchant merchant : guests.all()) {
      if (notices.resend(merchant.id(), id, merchants.now(merchant))) {
        scheduler.runDue(merchant);
        return Replies.ok(describe(notices.find(merchant.id(), id).orElseThrow()));
      }
    }
    return Replies.refused(HttpStatus.NOT_FOUND, "no notice " + id);
  }

  static long id(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "id");
    }
  }

  private ObjectNode describe(Notice notice) {
    ObjectNode one =
        Replies.object()
            .put("id", String.valueOf(notice.id()))
            .put("event", notice.event())
            .put("url", notice.url())
            .put("state", notice.state().name())
            .put("attempts", notice.attempts());
    one.set("facts", Replies.read(notice.facts()));
    ArrayNode log = one.putArray("log");
    notices.attempts(notice.merchant(), notice.id()).forEach(each -> log.add(describe(each)));
    return one;
  }

  private static ObjectNode describe(Attempt attempt) {
    return Replies.object()
        .put("number", attempt.number())
        .put("scheduled", attempt.scheduled())
        .put("at", attempt.beganAt().toString())
        .put("address", attempt.address())
        .put("status", attempt.status())
        .put("millis", attempt.millis())
        .put("sent", attempt.sent())
        .put("answer", attempt.answer())
        .put("error", attempt.error());
  }
}
