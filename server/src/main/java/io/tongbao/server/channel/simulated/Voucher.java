package io.tongbao.server.channel.simulated;

import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a channel makes what a payer pays with elsewhere; null where he needs nothing. */
interface Voucher {
  @Nullable String of(Merchant merchant, Deal deal, Instant now);
}
