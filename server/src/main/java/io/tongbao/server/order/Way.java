package io.tongbao.server.order;

/** A way of paying. Specification escrow §5.2; names as on the wire. */
public enum Way {
  GATEWAY(Nature.PAGE),
  POSPAY(Nature.PAGE),
  REALNAMEPAY(Nature.ASKED),
  REALNAMEPAY_BATCH(Nature.ASKED),
  WITHHOLD_TLT(Nature.ASKED),
  QUICKPAY_N(Nature.ASKED),
  WECHATPAY_APP(Nature.WALLET),
  SCAN_WEIXIN(Nature.WALLET),
  SCAN_ALIPAY(Nature.WALLET),
  WECHAT_PUBLIC(Nature.WALLET),
  ALIPAY_SERVICE(Nature.WALLET),
  QQ_WALLET(Nature.WALLET),
  CODEPAY_W(Nature.SCANNED),
  CODEPAY_A(Nature.SCANNED),
  CODEPAY_Q(Nature.SCANNED),
  BALANCE(Nature.INNER),
  COUPON(Nature.INNER),
  COUPONLIST(Nature.INNER),
  WITHDRAW_TLT(Nature.OUTGOING);

  /** Who moves the money, and when. */
  public enum Nature {
    /** An account of the ledger is debited. */
    INNER,
    /** We ask the channel after the payer's confirmation. */
    ASKED,
    /** The payer goes to the channel's own page or terminal, which reports. */
    PAGE,
    /** The payer's wallet is told to pay and reports; there is no confirmation on our side. */
    WALLET,
    /** The payer's code was scanned: we ask at once, there is no confirmation on our side. */
    SCANNED,
    /** Money goes out to a bank account. */
    OUTGOING
  }

  private final Nature nature;

  Way(Nature nature) {
    this.nature = nature;
  }

  public Nature nature() {
    return nature;
  }

  /** Whether an account of the ledger pays, rather than a channel. */
  public boolean isInner() {
    return nature == Nature.INNER;
  }
}
