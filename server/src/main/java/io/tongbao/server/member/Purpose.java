package io.tongbao.server.member;

/** What a one-time code says yes to. A code for one purpose is none for another. */
public enum Purpose {
  /** A phone is bound, or takes the place of another. */
  BIND_PHONE("绑定手机"),
  BIND_CARD("绑定银行卡"),
  BIND_CARD_BY_VERIFY_PAY("实名付绑定银行卡"),
  BIND_QUICKPAY_CARD("新移动快捷绑定银行卡"),
  /** An order is paid; its number is the subject. */
  PAY("支付确认"),
  /** An order is paid by 实名付; its number is the subject. */
  PAY_BY_VERIFY_PAY("实名付支付确认"),
  PAY_BY_QUICKPAY("新移动快捷支付确认"),
  SET_PASSWORD("设置支付密码"),
  RESET_PASSWORD("重置支付密码"),
  RESET_QUICKPAY_PASSWORD("重置新移动快捷支付密码"),
  CHANGE_PHONE("修改手机"),
  /** A card, its owner and his phone are verified; nothing is bound. Payout specification §2.3. */
  VERIFY_CARD("银行卡四要素验证"),
  /** No code: a dealer hears that a balance is low; the subject says which. */
  BALANCE_LOW("余额不足预警"),
  /** No code: the old phone hears that a new one has taken its place. */
  PHONE_CHANGED("绑定手机已变更");

  private final String label;

  Purpose(String label) {
    this.label = label;
  }

  /** For people, in Chinese. */
  public String label() {
    return label;
  }
}
