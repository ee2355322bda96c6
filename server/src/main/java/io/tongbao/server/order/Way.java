package io.tongbao.server.order;

import static io.tongbao.server.order.Confirmation.NONE;
import static io.tongbao.server.order.Confirmation.PASSWORD;
import static io.tongbao.server.order.Confirmation.SMS_CODE;

import java.util.List;

/** A way of paying. Specification escrow §5.2; names as on the wire. */
public enum Way {
  GATEWAY(Nature.PAGE, true, NONE, SMS_CODE, PASSWORD),
  POSPAY(Nature.VOUCHER, false, NONE, SMS_CODE),
  REALNAMEPAY(Nature.ASKED, true, SMS_CODE, PASSWORD),
  REALNAMEPAY_BATCH(Nature.ASKED, true, SMS_CODE, PASSWORD),
  WITHHOLD_TLT(Nature.ASKED, true, SMS_CODE, PASSWORD),
  QUICKPAY_N(Nature.ASKED, true, NONE),
  WECHATPAY_APP(Nature.VOUCHER, false, NONE, SMS_CODE),
  SCAN_WEIXIN(Nature.VOUCHER, false, NONE, SMS_CODE),
  SCAN_ALIPAY(Nature.VOUCHER, false, NONE, SMS_CODE),
  WECHAT_PUBLIC(Nature.VOUCHER, false, NONE, SMS_CODE),
  ALIPAY_SERVICE(Nature.VOUCHER, false, NONE, SMS_CODE),
  QQ_WALLET(Nature.VOUCHER, false, NONE, SMS_CODE),
  CODEPAY_W(Nature.SCANNED, false, NONE),
  CODEPAY_A(Nature.SCANNED, false, NONE),
  CODEPAY_Q(Nature.SCANNED, false, NONE),
  BALANCE(Nature.INNER, true, SMS_CODE, PASSWORD),
  COUPON(Nature.INNER, true, SMS_CODE, PASSWORD),
  COUPONLIST(Nature.INNER, true, SMS_CODE, PASSWORD),
  WITHDRAW_TLT(Nature.OUTGOING, false, SMS_CODE, PASSWORD);

  /** Who moves the money, and when. */
  public enum Nature {
    /** An account of the ledger is debited. */
    INNER,
    /** We ask the channel after the payer's confirmation. */
    ASKED,
    /** The payer goes to the bank's own page, which reports. */
    PAGE,
    /**
     * We tell the channel at once and hear what the payer pays with: a code for a terminal, a text
     * for his wallet. It reports; there is no confirmation on our side.
     */
    VOUCHER,
    /** The payer's code was scanned: we ask at once, there is no confirmation on our side. */
    SCANNED,
    /** Money goes out to a bank account. */
    OUTGOING
  }

  private final Nature nature;
  private final boolean combinable;
  private final boolean unproven;
  private final boolean byCode;
  private final boolean byPassword;

  Way(Nature nature, boolean combinable, Confirmation... confirmations) {
    this.nature = nature;
    this.combinable = combinable;
    List<Confirmation> all = List.of(confirmations);
    this.unproven = all.contains(NONE);
    this.byCode = all.contains(SMS_CODE);
    this.byPassword = all.contains(PASSWORD);
  }

  public Nature nature() {
    return nature;
  }

  /** Whether an account of the ledger pays, rather than a channel. */
  public boolean isInner() {
    return nature == Nature.INNER;
  }

  /**
   * Whether the payer pays at somebody else's page, terminal or wallet, in his own time: the order
   * stays unpaid meanwhile, and may close.
   */
  boolean isPaidElsewhere() {
    return nature == Nature.PAGE || nature == Nature.VOUCHER;
  }

  /** Whether other ways may pay a part of the same order (支持组合支付). */
  public boolean isCombinable() {
    return combinable;
  }

  /** Whether an order that is paid in this way alone may be confirmed so (交易验证方式). */
  public boolean takes(Confirmation confirmation) {
    return switch (confirmation) {
      case NONE -> unproven;
      case SMS_CODE -> byCode;
      case PASSWORD -> byPassword;
    };
  }

  /**
   * Whether an order that is paid in this way and from accounts of ours may be confirmed so. 新移动快捷
   * asks nothing of us when it is alone; what comes out of a balance wants a code of ours.
   */
  public boolean takesTogether(Confirmation confirmation) {
    return this == QUICKPAY_N ? confirmation == SMS_CODE : takes(confirmation);
  }
}
