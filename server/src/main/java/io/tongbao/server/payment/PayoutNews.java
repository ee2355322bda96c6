package io.tongbao.server.payment;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Ids;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.News;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a dealer is told of a payout: a row in the commit in which it moves. The facts name the
 * payout and the status that it has come to; the face adds the rest when it writes the notice, so
 * that nothing secret lies in them. Specification payout chapter 5, 2.1 5).
 */
public final class PayoutNews {
  /** The event that the face's form is for. */
  public static final String EVENT = "payout.order";

  /** The setting with the address; none, no notices. */
  public static final String URL = "notify.url";

  /** The setting that also tells of holds, {@code "true"}. */
  public static final String TELL_HELD = "notify.held";

  /** The setting that also tells that a channel is asked, {@code "true"}. */
  public static final String TELL_PAYING = "notify.paying";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PayoutNews() {}

  static Optional<String> url(Merchant dealer) {
    return Optional.ofNullable(dealer.settings().get(URL)).filter(url -> !url.isEmpty());
  }

  /** Whether a dealer hears that a payout has come to a status. */
  static boolean tells(Merchant dealer, Payout payout, PayoutStatus status) {
    if (payout.notifyUrl() == null) {
      return false;
    }
    return switch (status) {
      case PAID, FAILED, RETURNED, PARTLY -> true;
      case HELD -> dealer.allows(TELL_HELD);
      case PAYING -> dealer.allows(TELL_PAYING);
      case DELETED, ACCEPTED, READY, CANCELLED, NOTHING_TO_PAY -> false;
    };
  }

  /** The row; none where the dealer does not hear of it. */
  static List<RowWrite> rows(Merchant dealer, Payout payout, Standing standing, Instant at) {
    String url = payout.notifyUrl();
    if (url == null || !tells(dealer, payout, standing.status())) {
      return List.of();
    }
    Standing.Hold hold = standing.hold();
    String facts =
        JSON.writeValueAsString(
            Map.of(
                "notice", Ids.twentyDigits(),
                "at", BeijingTime.seconds(at),
                "ref", payout.ref(),
                "status", standing.status().code(),
                "detail", standing.detail().code(),
                "cause", hold == null ? "" : hold.cause().name()));
    return List.of(new News(payout.merchant(), EVENT, payout.id(), url, facts, at).row());
  }
}
