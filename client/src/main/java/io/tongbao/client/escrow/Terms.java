package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every order carries besides its money. Specification §4.2.2 and on.
 *
 * @param validation null means the text message
 * @param backUrl where the platform tells the result
 * @param frontUrl where the payer's browser goes back to
 * @param expiresAt 24 hours at most, which is the default
 * @param industryCode §6.16
 * @param summary 20 characters at most
 * @param extendInfo comes back as it was
 */
public record Terms(
    @JsonProperty("validateType") @Nullable Validation validation,
    @JsonProperty("backUrl") String backUrl,
    @JsonProperty("frontUrl") @Nullable String frontUrl,
    @JsonProperty("ordErexpireDatetime") @Nullable Instant expiresAt, // sic
    @JsonProperty("industryCode") String industryCode,
    @JsonProperty("industryName") String industryName,
    @JsonProperty("source") Source source,
    @JsonProperty("summary") @Nullable String summary,
    @JsonProperty("extendInfo") @Nullable String extendInfo) {

  /** Confirmed by text message, notices to {@code backUrl}, an industry of "other". */
  public static Terms to(String backUrl) {
    return new Terms(
        Validation.SMS_CODE, backUrl, null, null, "1910", "其他", Source.MOBILE, null, null);
  }

  public Terms confirmedBy(Validation how) {
    return new Terms(
        how, backUrl, frontUrl, expiresAt, industryCode, industryName, source, summary, extendInfo);
  }

  public Terms returningTo(String frontUrl) {
    return new Terms(
        validation,
        backUrl,
        frontUrl,
        expiresAt,
        industryCode,
        industryName,
        source,
        summary,
        extendInfo);
  }

  public Terms saying(String newSummary, String newExtendInfo) {
    return new Terms(
        validation,
        backUrl,
        frontUrl,
        expiresAt,
        industryCode,
        industryName,
        source,
        newSummary,
        newExtendInfo);
  }
}
