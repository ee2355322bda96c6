package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of a split tree: the taker, what he takes (fee included), and whom he gives of it.
 * Specification §5.3.
 */
public record Split(
    @JsonProperty("bizUserId") String member,
    @JsonProperty("accountSetNo") @Nullable String accountSet,
    @JsonProperty("amount") Money amount,
    @JsonProperty("fee") Money fee,
    @JsonProperty("remark") @Nullable String remark,
    @JsonProperty("splitRuleList") List<Split> children) {

  /** The platform as a taker; needs one of its account sets (§6.21). */
  public static final String PLATFORM = "#yunBizUserId_application#";

  public Split {
    children = List.copyOf(children);
  }

  public static Split to(String member, long fen, long fee, Split... children) {
    return new Split(member, null, Money.ofFen(fen), Money.ofFen(fee), null, List.of(children));
  }
}
