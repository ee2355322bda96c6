package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What the merchant says that a part of an order is paid with; not yet looked up. A {@link Part} is
 * what becomes of it. Specification escrow §5.2.
 */
public sealed interface Tender {
  Way way();

  /** Fen. */
  Money amount();

  /** The payer's balance in an account set (账户余额). */
  record Balance(String accountSetNo, Money amount) implements Tender {
    @Override
    public Way way() {
      return Way.BALANCE;
    }
  }

  /** A coupon: the platform pays from its marketing or deposit account set (代金券). */
  record Coupon(Way way, String accountSetNo, Money amount) implements Tender {}

  /** The bank's own page (网关支付). {@code payType} as in §6.18. */
  record Gateway(String bankCode, int payType, Money amount) implements Tender {
    @Override
    public Way way() {
      return Way.GATEWAY;
    }
  }

  /** One of the payer's bound cards (实名付, 通联通代扣, 新移动快捷). */
  record BoundCard(Way way, Secret cardNumber, Money amount) implements Tender {}

  /** A terminal in a shop (订单 POS). */
  record Terminal(Money amount) implements Tender {
    @Override
    public Way way() {
      return Way.POSPAY;
    }
  }

  /** The payer's wallet; {@code payer} is what the wallet calls him. */
  record Wallet(Way way, @Nullable String limit, @Nullable Secret payer, Money amount)
      implements Tender {}

  /** A code that the payer showed (刷卡支付, 被扫). */
  record ShownCode(Way way, @Nullable String limit, Secret code, Money amount) implements Tender {}
}
