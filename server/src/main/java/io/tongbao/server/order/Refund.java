package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * 退款: what a refund is besides an order. Rows of tables {@code refund} and {@code refund_share}.
 * Specification escrow §4.2.17.
 *
 * @param original the row id of the order that is given back
 * @param coupons fen that go back to the platform's coupons
 * @param fee fen that the platform gives back of its fee
 * @param shares what comes back of each part, in the order in which it is given
 * @param hold on the receiver's account while a channel decides; absent where it bears nothing
 * @param feeHold on the fee account while a channel decides; absent where it bears nothing
 */
record Refund(
    long original,
    Money coupons,
    Money fee,
    List<Given> shares,
    @Nullable Long hold,
    @Nullable Long feeHold) {

  Refund {
    shares = List.copyOf(shares);
  }

  /**
   * What comes back of one part.
   *
   * @param account who gets it: the payer, the platform's coupons, or the channel's clearing
   * @param byChannel whether a channel must give it back
   */
  record Given(Share share, long account, boolean byChannel) {}

  /**
   * What comes back of each part: coupons to where they came from, the channel's money by the
   * channel, everything else to the payer.
   */
  static List<Given> shares(Money amount, Money coupons, List<Part> parts, long payer) {
    Map<Integer, Part> bySeq = new HashMap<>();
    List<Share.Paid> paid = new ArrayList<>();
    for (Part part : parts) {
      bySeq.put(part.seq(), part);
      paid.add(new Share.Paid(part.seq(), part.way(), part.amount(), part.refunded()));
    }
    List<Given> shares = new ArrayList<>();
    for (Share share : Share.of(amount, coupons, paid)) {
      Part part = bySeq.get(share.part());
      boolean byChannel = goesByChannel(share.way());
      boolean back = byChannel || Share.isCoupon(share.way());
      shares.add(new Given(share, back && part != null ? part.account() : payer, byChannel));
    }
    return shares;
  }

  /** The same shares, all of them but the coupons to the payer's balance. */
  static List<Given> toBalance(List<Given> shares, long payer) {
    return shares.stream()
        .map(given ->
            Share.isCoupon(given.share.way()) ? given : new Given(given.share, payer, false))
        .toList();
  }

  /** Where the money goes. Specification escrow §4.2.12, refundWhereabouts. */
  enum Whereabouts {
    BALANCE(1),
    BANK_CARD(2);

    private final int code;

    Whereabouts(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  Whereabouts whereabouts() {
    return channel().isPresent() ? Whereabouts.BANK_CARD : Whereabouts.BALANCE;
  }

  /** The share that a channel must give back; the rest waits for it. */
  Optional<Given> channel() {
    return shares.stream().filter(Given::byChannel).findFirst();
  }

  /** Whether money paid this way goes back the way it came; 实名付 and POS go to the balance. */
  private static boolean goesByChannel(Way way) {
    return switch (way) {
      case GATEWAY,
          WITHHOLD_TLT,
          QUICKPAY_N,
          WECHATPAY_APP,
          SCAN_WEIXIN,
          SCAN_ALIPAY,
          WECHAT_PUBLIC,
          ALIPAY_SERVICE,
          QQ_WALLET,
          CODEPAY_W,
          CODEPAY_A,
          CODEPAY_Q ->
          true;
      case POSPAY, REALNAMEPAY, REALNAMEPAY_BATCH, BALANCE, COUPON, COUPONLIST, WITHDRAW_TLT ->
          false;
    };
  }
}
