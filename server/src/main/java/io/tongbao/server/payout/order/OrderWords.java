package io.tongbao.server.payout.order;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.payment.Part;
import io.tongbao.server.payment.Payee;
import io.tongbao.server.payment.Payout;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How queries and notices write what a payout has not: "" where there is nothing, {@code -/-} where
 * there is no amount. Specification §2.1 (4) and (5).
 */
public final class OrderWords {
  /** What the samples print for an amount that there is not. */
  public static final String NO_AMOUNT = "-/-";

  private static final Secret NOTHING = new Secret("");

  private OrderWords() {}

  public static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  public static Secret orEmpty(@Nullable Secret secret) {
    return secret == null ? NOTHING : secret;
  }

  /** What the system's side pays: all of it until the parts are known. */
  public static String systemAmount(Payout payout) {
    return payout.parts().isEmpty() ? payout.pay().yuan() : amount(payout.part(Part.Side.SYSTEM));
  }

  public static String brokerAmount(Payout payout) {
    return amount(payout.part(Part.Side.BROKER));
  }

  /** Our number of a part at the channel. */
  public static String walletRef(Optional<Part> part) {
    return part.map(each -> Long.toString(each.request())).orElse("");
  }

  /** The channel's number of a part. */
  public static String bankBill(Optional<Part> part) {
    return part.map(Part::channelNo).orElse("");
  }

  public static Secret idCard(Payee payee) {
    return orEmpty(payee.idCard());
  }

  static String time(@Nullable Instant at) {
    return at == null ? "" : BeijingTime.seconds(at);
  }

  private static String amount(Optional<Part> part) {
    return part.map(Part::amount).map(Money::yuan).orElse(NO_AMOUNT);
  }
}
