package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What money is collected and disbursed for: a goods type of specification escrow §6.6 and the
 * merchant's number of the goods. Only bids (type 1) must have been entered before.
 *
 * @param number empty for {@link #NONE} only
 */
public record Ware(int type, String number) {
  /** No goods: type 0. */
  public static final Ware NONE = new Ware(0, "");

  /** A bid for a loan (P2P 标的). */
  public static final int BID = 1;

  private static final Set<Long> TYPES = Set.of(1L, 2L, 3L, 4L, 90L, 99L);

  /** Reads the pair as requests carry it; absent means type 0, which has no number. */
  public static Ware of(@Nullable Long type, @Nullable String number) {
    if (type == null || type == 0) {
      return NONE;
    }
    if (!TYPES.contains(type)) {
      throw Refusal.of(Reason.BAD_FIELD, "goodsType");
    }
    if (number == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "goodsNo");
    }
    return new Ware(type.intValue(), number);
  }

  public boolean isBid() {
    return type == BID;
  }
}
