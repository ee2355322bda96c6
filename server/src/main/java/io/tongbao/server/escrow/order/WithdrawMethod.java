package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * 支付方式 of a withdrawal: 通联通代付, also where nothing is said. Ways of paying in are refused.
 * Specification §5.2.
 */
record WithdrawMethod(@JsonProperty("WITHDRAW_TLT") @Nullable Tlt tlt, @JsonUnwrapped PayingIn in) {

  private static final String TYPE_NAME = "withdraw_tlt";

  WithdrawMethod {
    if (in.isThere()) {
      throw Refusal.of(Reason.RULE_LIMIT, "payMethod");
    }
    if (tlt == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "payMethod.WITHDRAW_TLT");
    }
  }

  /** What pays in, and nothing out. */
  record PayingIn(
      @JsonProperty("GATEWAY") @Nullable JsonNode gateway,
      @JsonProperty("POSPAY") @Nullable JsonNode posPay,
      @JsonProperty("REALNAMEPAY") @Nullable JsonNode realNamePay,
      @JsonProperty("REALNAMEPAY_BATCH") @Nullable JsonNode realNamePayBatch,
      @JsonProperty("WITHHOLD_TLT") @Nullable JsonNode withhold,
      @JsonProperty("WECHATPAY_APP") @Nullable JsonNode weChatApp,
      @JsonProperty("SCAN_WEIXIN") @Nullable JsonNode scanWeChat,
      @JsonProperty("SCAN_ALIPAY") @Nullable JsonNode scanAlipay,
      @JsonProperty("WECHAT_PUBLIC") @Nullable JsonNode weChatPublic,
      @JsonProperty("ALIPAY_SERVICE") @Nullable JsonNode alipayService,
      @JsonProperty("QQ_WALLET") @Nullable JsonNode qqWallet,
      @JsonProperty("CODEPAY_W") @Nullable JsonNode codePayWeChat,
      @JsonProperty("CODEPAY_A") @Nullable JsonNode codePayAlipay,
      @JsonProperty("CODEPAY_Q") @Nullable JsonNode codePayQq,
      @JsonProperty("BALANCE") @Nullable JsonNode balance,
      @JsonProperty("COUPON") @Nullable JsonNode coupon,
      @JsonProperty("COUPONLIST") @Nullable JsonNode couponList,
      @JsonProperty("QUICKPAY_N") @Nullable JsonNode quickPay) {

    boolean isThere() {
      return Stream.of(
              gateway,
              posPay,
              realNamePay,
              realNamePayBatch,
              withhold,
              weChatApp,
              scanWeChat,
              scanAlipay,
              weChatPublic,
              alipayService,
              qqWallet,
              codePayWeChat,
              codePayAlipay,
              codePayQq,
              balance,
              coupon,
              couponList,
              quickPay)
          .anyMatch(Objects::nonNull);
    }
  }

  /** 通联通代付. */
  record Tlt(
      @JsonProperty("payTypeName") String payTypeName,
      @JsonProperty("unionBank") @Nullable String unionBank) {

    private static final Pattern UNION_BANK = Pattern.compile("\\A[0-9]{12}\\z");

    Tlt {
      if (!payTypeName.equals(TYPE_NAME)) {
        throw Refusal.of(Reason.BAD_FIELD, "payMethod.WITHDRAW_TLT.payTypeName");
      }
      if (unionBank != null && !UNION_BANK.matcher(unionBank).matches()) {
        throw Refusal.of(Reason.BAD_FIELD, "payMethod.WITHDRAW_TLT.unionBank");
      }
    }
  }

  /** 支付行号, where it was given. */
  static @Nullable String unionBank(@Nullable WithdrawMethod method) {
    return method == null || method.tlt() == null ? null : method.tlt().unionBank();
  }
}
