package io.tongbao.server.sandbox;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Evidence;
import io.tongbao.server.edge.Exhibit;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET evidence?order=N}: what a merchant signed for it, proved once more. */
@Component
@Profile("sandbox")
final class EvidenceRoutes implements Routes {
  private static final int MOST = 50;
  private static final Instant EVER = Instant.parse("2100-01-01T00:00:00Z");

  private final Guests guests;
  private final Evidence evidence;
  private final JdbcClient jdbc;

  EvidenceRoutes(Guests guests, Evidence evidence, JdbcClient jdbc) {
    this.guests = guests;
    this.evidence = evidence;
    this.jdbc = jdbc;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.GET("/evidence", this::list);
  }

  private ServerResponse list(ServerRequest request) {
    List<Merchant> chosen = guests.chosen(request);
    Optional<String> order = request.param("order");
    ArrayNode all = Replies.list();
    (order.isPresent() ? of(chosen, order.get()) : newest(chosen))
        .forEach(exhibit -> all.add(describe(exhibit)));
    return Replies.ok(all);
  }

  private Stream<Exhibit> newest(List<Merchant> chosen) {
    return chosen.stream()
        .flatMap(merchant -> evidence.between(merchant, Instant.EPOCH, EVER, MOST).stream());
  }

  /** Of an order or payout, by the merchant's number or ours. */
  private Stream<Exhibit> of(List<Merchant> chosen, String order) {
    List<Exhibit> found =
        chosen.stream().flatMap(merchant -> of(merchant, order).stream()).toList();
    if (found.isEmpty()) {
      throw Refusal.of(Refusal.Reason.ORDER_UNKNOWN, order);
    }
    return found.stream();
  }

  /** An order has the message's digest for its fingerprint; a payout has the message's time. */
  private List<Exhibit> of(Merchant merchant, String order) {
    Stream<Exhibit> orders =
        jdbc
            .sql(
                """
                SELECT fingerprint FROM orders WHERE merchant_id = ? AND (number = ? OR order_no = ?)
                """)
            .params(merchant.id(), order, order)
            .query((row, _) -> Bytes.of(row.getBytes(1)))
            .list()
            .stream()
            .flatMap(digest -> evidence.of(merchant, digest).stream());
    Stream<Exhibit> payouts =
        jdbc
            .sql(
                """
                SELECT created_at FROM payout WHERE merchant_id = ? AND (number = ? OR ref = ?)
                """)
            .params(merchant.id(), order, order)
            .query((row, _) -> row.getTimestamp(1).toInstant())
            .list()
            .stream()
            .flatMap(at -> evidence.between(merchant, at, at, MOST).stream());
    return Stream.concat(orders, payouts).toList();
  }

  private static ObjectNode describe(Exhibit exhibit) {
    Secret said = exhibit.said();
    return Replies.object()
        .put("id", String.valueOf(exhibit.id()))
        .put("merchant", exhibit.merchant().code())
        .put("operation", exhibit.operation())
        .put("cameAt", exhibit.cameAt().toString())
        .put("receivedAt", exhibit.receivedAt().toString())
        .put("digest", exhibit.digest().hex())
        .put("signed", exhibit.signed().content().utf8())
        .put("signature", exhibit.signed().signature())
        .put("key", publicKey(exhibit))
        .put("verdict", exhibit.verdict().name())
        .put("said", said == null ? null : said.reveal());
  }

  /**
   * What others may prove it with; a key that is shared with the merchant proves it to us alone.
   */
  private static @Nullable String publicKey(Exhibit exhibit) {
    return switch (exhibit.merchant().face()) {
      case ESCROW -> exhibit.signed().key().reveal();
      case PAYOUT, QUICKPASS, FINDCARD, WITHHOLD -> null;
    };
  }
}
