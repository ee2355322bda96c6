package io.tongbao.server.member;

/** What a six-digit password opens. */
public enum PasswordKind {
  /** 支付密码: what the member confirms orders with, on our pages. Specification escrow §4.1.20. */
  PAY,
  /** 新移动快捷支付密码: what QUICKPAY_N asks for. Specification escrow §4.1.24. */
  QUICKPAY
}
