package io.tongbao.server.payment;

import io.tongbao.ledger.Change;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The change that moves a payout: its row and path, the room of limits that it gives back where it
 * ends unpaid, and the dealer's notice. Money is added by who moves it.
 */
@Component
final class PayoutMoves {
  private final PayoutRows rows;
  private final Merchants merchants;

  PayoutMoves(PayoutRows rows, Merchants merchants) {
    this.rows = rows;
    this.merchants = merchants;
  }

  /**
   * @param events what happened; none where only a part of the payout went on
   */
  Change.Builder change(Payout payout, Standing next, List<PayoutEvent> events, Instant now) {
    Merchant dealer = merchants.byId(payout.merchant());
    Standing settled = Reservations.after(next);
    List<RowWrite> news =
        events.isEmpty() ? List.of() : PayoutNews.rows(dealer, payout, settled, now);
    return Change.at(now)
        .writeAll(rows.move(payout, settled, events, !news.isEmpty(), now))
        .writeAll(Reservations.givenBack(payout, settled))
        .writeAll(news);
  }
}
