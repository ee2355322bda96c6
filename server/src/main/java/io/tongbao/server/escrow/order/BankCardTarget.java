package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * 托管代付到银行账户信息: where a disbursement goes on to. Specification §5.12.
 *
 * @param number a bound card's, or that of a company's own account
 * @param backUrl takes the place of the disbursement's own
 */
record BankCardTarget(
    @JsonProperty("bankCardNo") Secret number,
    @JsonProperty("amount") Money amount,
    @JsonProperty("backUrl") String backUrl,
    @JsonProperty("withdrawType") @Nullable WithdrawType withdrawType,
    @JsonProperty("unionBank") @Nullable String unionBank) {

  private static final Pattern UNION_BANK = Pattern.compile("\\A[0-9]{12}\\z");

  BankCardTarget {
    if (unionBank != null && !UNION_BANK.matcher(unionBank).matches()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "unionBank");
    }
  }
}
