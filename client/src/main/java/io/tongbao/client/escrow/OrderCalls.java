package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls that open and confirm orders. Specification §4.2. Numbers are the merchant's own. */
public final class OrderCalls {
  private OrderCalls() {}

  /**
   * What opening an order answers; which components are there depends on the way of paying, §5.2.
   *
   * @param payInfo what a QR code is made of, or what a page hands to the wallet
   * @param payCode what the payer types at the terminal
   * @param weChatApp what an app hands to the wallet's app
   * @param needsPassword 1 where 新移动快捷 wants its password
   * @param codeSent 1 where 新移动快捷 has sent a code
   */
  public record Opened(
      @JsonProperty("orderNo") String orderNo,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("payStatus") @Nullable String payStatus,
      @JsonProperty("payFailMessage") @Nullable String failure,
      @JsonProperty("bizUserId") @Nullable String member,
      @JsonProperty("payInfo") @Nullable String payInfo,
      @JsonProperty("payCode") @Nullable String payCode,
      @JsonProperty("weChatAPPInfo") @Nullable WeChatApp weChatApp,
      @JsonProperty("isNeedPassword") @Nullable Integer needsPassword,
      @JsonProperty("mobileFlag") @Nullable Integer codeSent,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {}

  /** 微信支付信息 §5.17: what the app hands to the wallet's app, by name. */
  public record WeChatApp(@JsonProperty("weixinstr") Map<String, String> fields) {}

  /** 充值申请 §4.2.2. */
  @Calls("OrderService.depositApply")
  public record Deposit(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSet,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("payMethod") Payment payment,
      @JsonUnwrapped Terms terms)
      implements EscrowCall<Opened> {}

  /**
   * 提现申请 §4.2.3.
   *
   * @param cardKind 0 a personal card, 1 the company's own account; null means 0
   * @param speed T0 or T1; null means T0
   */
  @Calls("OrderService.withdrawApply")
  public record Withdraw(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSet,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("payMethod") @Nullable Payment payment,
      @JsonProperty("bankCardNo") Secret card,
      @JsonProperty("bankCardPro") @Nullable Integer cardKind,
      @JsonProperty("withdrawType") @Nullable String speed,
      @JsonUnwrapped Terms terms)
      implements EscrowCall<Opened> {}

  /** 消费申请 §4.2.4. */
  @Calls("OrderService.consumeApply")
  public record Consume(
      @JsonProperty("payerId") String payer,
      @JsonProperty("recieverId") String receiver, // sic
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("splitRule") @Nullable List<Split> splits,
      @JsonProperty("payMethod") Payment payment,
      @JsonProperty("goodsName") @Nullable String goodsName,
      @JsonProperty("goodsDesc") @Nullable String goodsDesc,
      @JsonUnwrapped Terms terms)
      implements EscrowCall<Opened> {
    /** The platform itself as the receiver. */
    public static final String PLATFORM = "#yunBizUserId_B2C#";
  }

  /** 托管代收申请 §4.2.5. */
  @Calls("OrderService.agentCollectApplySimplify")
  public record Collect(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("payerId") String payer,
      @JsonProperty("goodsType") @Nullable Integer goodsType,
      @JsonProperty("goodsNo") @Nullable String goodsNo,
      @JsonProperty("tradeCode") String tradeCode,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") @Nullable Money fee,
      @JsonProperty("payMethod") Payment payment,
      @JsonProperty("goodsName") @Nullable String goodsName,
      @JsonProperty("goodsDesc") @Nullable String goodsDesc,
      @JsonUnwrapped Terms terms)
      implements EscrowCall<Opened> {}

  /** 代付到银行账户 §5.12. */
  public record ToCard(
      @JsonProperty("bankCardNo") Secret card,
      @JsonProperty("amount") Money amount,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("withdrawType") @Nullable String speed,
      @JsonProperty("unionBank") @Nullable String unionBank) {}

  /** 单笔托管代付 §4.2.6; needs no confirmation. */
  @Calls("OrderService.signalAgentPaySimplify") // sic
  public record Disburse(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSet,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("payToBankCardInfo") @Nullable ToCard toCard,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("splitRuleList") @Nullable List<Split> splits,
      @JsonProperty("goodsType") @Nullable Integer goodsType,
      @JsonProperty("goodsNo") @Nullable String goodsNo,
      @JsonProperty("tradeCode") String tradeCode,
      @JsonProperty("summary") @Nullable String summary,
      @JsonProperty("extendInfo") @Nullable String extendInfo)
      implements EscrowCall<Opened> {}

  /** 确认支付 §4.2.8 (by call) and §4.2.9 (as a page: {@link EscrowClient#page}). */
  @Calls("OrderService.pay")
  public record Pay(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("tradeNo") @Nullable String tradeNo,
      @JsonProperty("verificationCode") @Nullable String code,
      @JsonProperty("consumerIp") String consumerIp)
      implements EscrowCall<Paid> {
    public Pay(String member, String number, @Nullable String code) {
      this(member, number, null, code, "127.0.0.1");
    }
  }

  /**
   * 确认支付 of 新移动快捷 §4.2.11: with the code where {@link Opened#codeSent} was 1, and the password of
   * §4.1.24 where {@link Opened#needsPassword} was.
   */
  @Calls("OrderService.pay")
  public record QuickPay(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("verificationCode") @Nullable String code,
      @JsonProperty("quickNewPwd") @Nullable Secret password,
      @JsonProperty("consumerIp") String consumerIp)
      implements EscrowCall<Paid> {
    public QuickPay(
        String member, String number, @Nullable String code, @Nullable Secret password) {
      this(member, number, code, password, "127.0.0.1");
    }
  }

  /** How the payment went: {@code success}, {@code pending} or {@code fail}. */
  public record Paid(
      @JsonProperty("payStatus") String status,
      @JsonProperty("payFailMessage") @Nullable String failure,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number) {}

  /** 退款 §4.2.17. */
  @Calls("OrderService.refund")
  public record Refund(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("oriBizOrderNo") String original,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("backUrl") @Nullable String backUrl,
      @JsonProperty("amount") Money amount,
      @JsonProperty("couponAmount") @Nullable Money coupon,
      @JsonProperty("feeAmount") @Nullable Money fee)
      implements EscrowCall<Refunded> {}

  /** What is given back. */
  public record Refunded(
      @JsonProperty("orderNo") String orderNo,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("amount") Money amount,
      @JsonProperty("couponAmount") @Nullable Money coupon,
      @JsonProperty("feeAmount") @Nullable Money fee) {}

  /** 查询订单状态 §4.2.21. */
  @Calls("OrderService.getOrderDetail")
  public record Get(
      @JsonProperty("bizUserId") String member, @JsonProperty("bizOrderNo") String number)
      implements EscrowCall<Status> {}

  /** §6.13: 1 unpaid, 3 failed, 4 succeeded, 5 refunded, 6 closed, 99 in progress. */
  public record Status(@JsonProperty("orderStatus") int state) {}
}
