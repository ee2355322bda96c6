package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * 支付方式 of a withdrawal: 通联通代付, also where nothing is said. Ways of paying in are refused.
 * Specification §5.2.
 */
record WithdrawMethod(
    @JsonProperty("WITHDRAW_TLT") @Nullable Tlt tlt,
    @JsonProperty("BALANCE") @Nullable JsonNode balance,
    @JsonProperty("GATEWAY") @Nullable JsonNode gateway,
    @JsonProperty("REALNAMEPAY") @Nullable JsonNode realNamePay) {

  private static final String TYPE_NAME = "withdraw_tlt";

  WithdrawMethod {
    if (balance != null || gateway != null || realNamePay != null) {
      throw Refusal.of(Reason.RULE_LIMIT, "payMethod");
    }
    if (tlt == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "payMethod.WITHDRAW_TLT");
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
