package io.tongbao.server.sandbox;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.payment.Payout;
import io.tongbao.server.payment.Payouts;
import java.time.Instant;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** What an operator does with payouts that have not been sent yet: lets go, cancels, deletes. */
@Component
@Profile("sandbox")
final class PayoutDeskRoutes implements Routes {
  private final Guests guests;
  private final Merchants merchants;
  private final Payouts payouts;
  private final Scheduler scheduler;

  PayoutDeskRoutes(Guests guests, Merchants merchants, Payouts payouts, Scheduler scheduler) {
    this.guests = guests;
    this.merchants = merchants;
    this.payouts = payouts;
    this.scheduler = scheduler;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.POST("/payouts/{orderId}", this::act);
  }

  private ServerResponse act(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Merchant dealer = guests.named(Face.PAYOUT, Replies.required(body, "dealerId"));
    String number = request.pathVariable("orderId");
    carryOut(dealer, number, Replies.required(body, "act"));
    scheduler.runDue(dealer);
    Payout payout = payouts.find(dealer, number).orElseThrow();
    return Replies.ok(
        Replies.object()
            .put("orderId", payout.number())
            .put("ref", payout.ref())
            .put("status", payout.status().code())
            .put("statusDetail", payout.standing().detail().code()));
  }

  private void carryOut(Merchant dealer, String number, String act) {
    Instant now = merchants.now(dealer);
    switch (act) {
      case "release" -> payouts.release(dealer, number, now);
      case "cancel" -> payouts.cancel(dealer, number, now);
      case "delete" -> payouts.delete(dealer, number, now);
      default -> throw Refusal.of(Refusal.Reason.BAD_FIELD, "act");
    }
  }
}
