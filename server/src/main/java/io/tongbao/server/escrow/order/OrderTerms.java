package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What requests for orders that somebody pays say alike: number, amount, how the payer proves
 * himself, where the result is told, and words that come back. Specification §4.2.2 to §4.2.5.
 */
record OrderTerms(
    @JsonProperty("bizOrderNo") String number,
    @JsonProperty("amount") Money amount,
    @JsonProperty("validateType") @Nullable ValidateType validateType,
    @JsonProperty("backUrl") String backUrl,
    @JsonProperty("ordErexpireDatetime") @Nullable Instant expiresAt, // sic
    @JsonProperty("industryCode") String industryCode,
    @JsonProperty("industryName") String industryName,
    @JsonProperty("source") Source source,
    @JsonProperty("summary") @Nullable String summary,
    @JsonProperty("extendInfo") @Nullable String extendInfo) {

  OrderTerms {
    OrderFields.number("bizOrderNo", number);
    OrderFields.industry(industryCode, industryName);
    OrderFields.summary(summary);
    OrderFields.extendInfo(extendInfo);
  }
}
