package io.tongbao.server.sandbox;

import io.tongbao.server.boot.Database;
import io.tongbao.server.channel.simulated.SimulatedBank;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Scheduler;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * {@code POST reset}: back to the first start. Merchants with their keys and the platform's
 * accounts stay, the accounts empty and the clocks right; so do the sandbox's own merchants'
 * settings and terms, as they were first. Everything else is gone. The one place that changes
 * balances past the ledger, and only where the whole journal goes with them.
 */
@Component
@Profile("sandbox")
final class ResetRoutes implements Routes {
  private static final Set<String> KEPT =
      Set.of(
          "merchant",
          "merchant_key",
          "platform_key",
          "data_key",
          "evidence_key",
          "sliced",
          "account",
          "payout_broker",
          "poster",
          "platform");

  private static final List<String> AFTERWARDS =
      List.of(
          """
          DELETE FROM payout_broker b USING merchant m
           WHERE m.id = b.merchant_id AND m.face = '%s' AND m.code = '%s' AND b.code <> '%s'
          """
              .formatted(Face.PAYOUT.code(), PayoutGuest.DEALER, PayoutGuest.BROKER),
          """
          DELETE FROM account a
           WHERE owner_id <> 0
             AND NOT EXISTS (SELECT FROM payout_broker b
                              WHERE b.merchant_id = a.merchant_id AND b.id = a.owner_id)
          """,
          "UPDATE account SET balance = 0, frozen = 0, version = 0, locked = false",
          "UPDATE merchant SET clock_offset_ms = 0, version = version + 1");

  private final Database database;
  private final Scheduler scheduler;
  private final SimulatedBank bank;
  private final Catcher catcher;
  private final RequestLog requests;
  private final Reception reception;
  private final List<Guest> guests;

  ResetRoutes(
      Database database,
      Scheduler scheduler,
      SimulatedBank bank,
      Catcher catcher,
      RequestLog requests,
      Reception reception,
      List<Guest> guests) {
    this.database = database;
    this.scheduler = scheduler;
    this.bank = bank;
    this.catcher = catcher;
    this.requests = requests;
    this.reception = reception;
    this.guests = guests;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.POST("/reset", this::reset);
  }

  private ServerResponse reset(ServerRequest request) {
    scheduler.stop();
    try {
      database.empty(KEPT, AFTERWARDS);
      String baseUrl = reception.credentials().required("baseUrl").asString();
      guests.forEach(guest -> guest.agreeAnew(baseUrl));
    } finally {
      scheduler.start();
    }
    bank.reset();
    catcher.clear();
    requests.clear();
    return Replies.ok(Replies.object().put("reset", true));
  }
}
