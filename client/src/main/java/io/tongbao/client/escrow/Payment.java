package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an order is paid with: one way, or several with {@link #and}. Specification §5.2; {@code
 * parts} is the payMethod object as it goes out.
 */
public record Payment(@JsonValue Map<String, Object> parts) {
  private static final String TEST_BANK = "vbank";
  private static final int PERSONAL_DEBIT = 1;

  public Payment {
    parts = Map.copyOf(parts);
  }

  /** 账户余额. */
  public static Payment balance(String accountSet, Money amount) {
    return one("BALANCE", List.of(Map.of("accountSetNo", accountSet, "amount", amount)));
  }

  /** 代金券 of the platform's marketing set. */
  public static Payment coupon(Money amount) {
    return one("COUPON", Map.of("amount", amount));
  }

  /**
   * 批量代金券.
   *
   * @param amounts fen by the platform's account set: marketing 2000000, deposit 100002
   */
  public static Payment coupons(Map<String, Money> amounts) {
    List<Map<String, Object>> list =
        amounts.entrySet().stream()
            .map(each ->
                Map.<String, Object>of("accountSetNo", each.getKey(), "amount", each.getValue()))
            .toList();
    return one("COUPONLIST", list);
  }

  /** 实名付, from a card bound with four elements or for 实名付. */
  public static Payment realNamePay(Secret card, Money amount) {
    return one("REALNAMEPAY", Map.of("bankCardNo", card, "amount", amount));
  }

  /** 实名付 in batches; the same cards. */
  public static Payment realNamePayBatch(Secret card, Money amount) {
    return one("REALNAMEPAY_BATCH", Map.of("bankCardNo", card, "amount", amount));
  }

  /** 通联通代扣, from a bound debit card or a company's own account. */
  public static Payment withhold(Secret card, Money amount) {
    return one("WITHHOLD_TLT", Map.of("bankCardNo", card, "amount", amount));
  }

  /**
   * 新移动快捷, from a card bound for it; alone it goes with {@link Validation#NONE}. The answer says
   * what {@link OrderCalls.QuickPay} must bring.
   */
  public static Payment quickPay(Secret card, Money amount) {
    return one("QUICKPAY_N", Map.of("bankCardNo", card, "amount", amount));
  }

  /** 订单 POS: the answer's {@code payCode} is typed at a terminal. */
  public static Payment terminal(Money amount) {
    return one("POSPAY", Map.of("amount", amount));
  }

  /** 微信 APP 支付: the app hands the answer's {@code weChatAPPInfo} to the wallet's app. */
  public static Payment weChatApp(boolean credit, Money amount) {
    return one("WECHATPAY_APP", Map.of("limitPay", limit(credit), "amount", amount));
  }

  /** 微信扫码支付: the payer scans the answer's {@code payInfo}, drawn as a QR code. */
  public static Payment scanWeChat(boolean credit, Money amount) {
    return one("SCAN_WEIXIN", Map.of("payType", credit ? "W01" : "W02", "amount", amount));
  }

  /** 支付宝扫码支付: the payer scans the answer's {@code payInfo}, drawn as a QR code. */
  public static Payment scanAlipay(Money amount) {
    return one("SCAN_ALIPAY", Map.of("payType", "A01", "amount", amount));
  }

  /** 微信 JS 支付: the page calls WeixinJSBridge with the answer's {@code payInfo}. */
  public static Payment weChatPage(String openid, boolean credit, Money amount) {
    Map<String, Object> fields = Map.of("payType", limit(credit), "acct", openid, "amount", amount);
    return one("WECHAT_PUBLIC", fields);
  }

  /** 支付宝 JS 支付: {@code payInfo} is the tradeNO. */
  public static Payment alipayPage(String userId, Money amount) {
    return one("ALIPAY_SERVICE", Map.of("acct", userId, "amount", amount));
  }

  /** QQ 钱包 JS 支付: {@code payInfo} is an address to open. */
  public static Payment qqPage(Money amount) {
    return one("QQ_WALLET", Map.of("amount", amount));
  }

  /**
   * 微信刷卡支付: the merchant scanned the code that the payer's wallet shows. Goes with {@link
   * Validation#NONE}, like the two below; the answer has the result.
   */
  public static Payment weChatCode(String shown, boolean credit, Money amount) {
    Map<String, Object> fields =
        Map.of("payType", limit(credit), "authcode", shown, "amount", amount);
    return one("CODEPAY_W", fields);
  }

  /** 支付宝刷卡支付. */
  public static Payment alipayCode(String shown, Money amount) {
    return one("CODEPAY_A", Map.of("authcode", shown, "amount", amount));
  }

  /** QQ 钱包刷卡支付. */
  public static Payment qqCode(String shown, Money amount) {
    return one("CODEPAY_Q", Map.of("authcode", shown, "amount", amount));
  }

  /** 网关支付 at the test bank. */
  public static Payment testBank(Money amount) {
    return gateway(TEST_BANK, PERSONAL_DEBIT, amount);
  }

  /** 网关支付; issuers of §6.17, types of §6.18. */
  public static Payment gateway(String bank, int type, Money amount) {
    return one("GATEWAY", Map.of("bankCode", bank, "payType", type, "amount", amount));
  }

  /** 通联通代付, the way of withdrawals. */
  public static Payment payout() {
    return one("WITHDRAW_TLT", Map.of("payTypeName", "withdraw_tlt"));
  }

  /** Both together. */
  public Payment and(Payment other) {
    Map<String, Object> all = new LinkedHashMap<>(parts);
    all.putAll(other.parts);
    return new Payment(all);
  }

  private static String limit(boolean credit) {
    return credit ? "" : "no_credit";
  }

  private static Payment one(String way, Object value) {
    return new Payment(Map.of(way, value));
  }
}
