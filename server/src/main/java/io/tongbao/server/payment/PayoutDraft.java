package io.tongbao.server.payment;

import io.tongbao.kernel.Money;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payout as a dealer orders it.
 *
 * @param number the dealer's own (order_id), unique over all channels and reports
 * @param broker the broker's code (broker_id)
 * @param now the merchant's clock
 */
public record PayoutDraft(
    Merchant dealer,
    String number,
    PayoutChannel channel,
    String broker,
    Payee payee,
    Money pay,
    Words words,
    Instant now) {

  /** What the dealer says beside, and gets back as it was. */
  public record Words(
      @Nullable String anchorId, @Nullable String notes, @Nullable String payRemark) {
    public static final Words NONE = new Words(null, null, null);
  }
}
