package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import org.jspecify.annotations.Nullable;

/** Calls about companies. Specification §4.1.6, §5.5. */
public final class CompanyCalls {
  private CompanyCalls() {}

  /**
   * 设置企业信息 §4.1.6; the audit comes later as a notice, or at once where the platform is audit-free.
   */
  @Calls("MemberService.setCompanyInfo")
  public record SetInfo(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("backUrl") @Nullable String backUrl,
      @JsonProperty("companyBasicInfo") Facts facts)
      implements EscrowCall<Submitted> {}

  /** The member whose audit was asked for; {@code result} where it is known at once. */
  public record Submitted(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("result") @Nullable Integer result,
      @JsonProperty("checkTime") @Nullable String checkedAt,
      @JsonProperty("failReason") @Nullable String failure) {}

  /** 企业基本信息 §5.5. */
  public record Facts(
      @JsonProperty("companyName") String name,
      @JsonProperty("companyAddress") @Nullable String address,
      @JsonProperty("businessLicense") String license,
      @JsonProperty("organizationCode") @Nullable String organizationCode,
      @JsonProperty("telephone") @Nullable String telephone,
      @JsonProperty("legalName") String legalName,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("legalIds") Secret legalIdentity,
      @JsonProperty("legalPhone") String legalPhone,
      @JsonProperty("accountNo") Secret account,
      @JsonProperty("parentBankName") String bank,
      @JsonProperty("bankCityNo") @Nullable String bankCity,
      @JsonProperty("bankName") @Nullable String branch,
      @JsonProperty("unionBank") @Nullable String unionBank) {}
}
