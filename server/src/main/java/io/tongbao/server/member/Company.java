package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a company said of itself, and what came of the audit. Escrow specification §5.5, §5.6.
 *
 * @param version grows with each submission and verdict
 * @param backUrl where the audit desk's answer goes
 */
public record Company(
    int merchantId,
    long memberId,
    Facts facts,
    Audit audit,
    long version,
    @Nullable String backUrl,
    Instant submittedAt,
    @Nullable Instant checkedAt,
    @Nullable String remark,
    @Nullable String failReason) {

  /**
   * The company's own words.
   *
   * @param identityType the kind of the legal person's document: 1, an identity card
   * @param accountNo the company's account, to which it withdraws
   * @param parentBankName the bank of that account
   * @param unionBank that bank's payment number (支付行号)
   */
  public record Facts(
      String companyName,
      @Nullable String companyAddress,
      String businessLicense,
      @Nullable String organizationCode,
      @Nullable String telephone,
      Secret legalName,
      int identityType,
      Secret legalIds,
      Secret legalPhone,
      Secret accountNo,
      String parentBankName,
      @Nullable String bankCityNo,
      @Nullable String bankName,
      @Nullable String unionBank) {}
}
