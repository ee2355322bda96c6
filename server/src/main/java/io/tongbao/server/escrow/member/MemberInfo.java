package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.escrow.member.Dictionary.AuditState;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.escrow.member.Dictionary.MemberKind;
import io.tongbao.server.escrow.member.Dictionary.Source;
import io.tongbao.server.escrow.member.Dictionary.UserState;
import io.tongbao.server.member.Company;
import io.tongbao.server.member.Member;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is told of a member. */
sealed interface MemberInfo {

  /**
   * Of a person, specification §5.8. The address, its parts and the remark are left out: no
   * interface sets them.
   */
  record Person(
      @JsonProperty("userId") String userNo,
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("userState") UserState state,
      @JsonProperty("memberType") MemberKind type,
      @JsonProperty("phone") @Nullable String phone,
      @JsonProperty("identityCardNo") @Nullable Secret identityNo,
      @JsonProperty("isPhoneChecked") boolean phoneBound,
      @JsonProperty("registerTime") Instant registeredAt,
      @JsonProperty("registerIp") String registerIp,
      @JsonProperty("payFailAmount") long payFailures,
      @JsonProperty("isIdentityChecked") boolean realNamed,
      @JsonProperty("realNameTime") @Nullable Instant realNamedAt,
      @JsonProperty("source") Source source,
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("isSetPayPwd") boolean passwordSet)
      implements MemberInfo {

    static Person of(Member member) {
      Secret name = member.name();
      Secret phone = member.phone();
      return new Person(
          member.userNo(),
          name == null ? null : name.reveal(),
          UserState.of(member.state()),
          MemberKind.of(member.type()),
          phone == null ? null : phone.reveal(),
          member.identityNo(),
          phone != null,
          member.registration().at(),
          member.registration().ip(),
          member.payFailures(),
          member.realNamed(),
          member.realNamedAt(),
          Source.of(member.registration().source()),
          member.bizUserId(),
          member.passwordSet());
    }
  }

  /** Of a company, specification §5.6. */
  record Business(
      @JsonProperty("companyName") String companyName,
      @JsonProperty("companyAddress") @Nullable String companyAddress,
      @JsonProperty("businessLicense") String businessLicense,
      @JsonProperty("organizationCode") @Nullable String organizationCode,
      @JsonProperty("telephone") @Nullable String telephone,
      @JsonProperty("legalName") String legalName,
      @JsonProperty("identityType") Document document,
      @JsonProperty("legalIds") Secret legalIds,
      @JsonProperty("legalPhone") String legalPhone,
      @JsonProperty("accountNo") Secret accountNo,
      @JsonProperty("parentBankName") String parentBankName,
      @JsonProperty("bankCityNo") @Nullable String bankCityNo,
      @JsonProperty("bankName") @Nullable String bankName,
      @JsonProperty("status") AuditState audit,
      @JsonProperty("checkTime") @Nullable Instant checkedAt,
      @JsonProperty("remark") @Nullable String remark,
      @JsonProperty("failReason") @Nullable String failReason)
      implements MemberInfo {

    static Business of(Company company) {
      Company.Facts facts = company.facts();
      return new Business(
          facts.companyName(),
          facts.companyAddress(),
          facts.businessLicense(),
          facts.organizationCode(),
          facts.telephone(),
          facts.legalName().reveal(),
          Document.IDENTITY_CARD,
          facts.legalIds(),
          facts.legalPhone().reveal(),
          facts.accountNo(),
          facts.parentBankName(),
          facts.bankCityNo(),
          facts.bankName(),
          AuditState.of(company.audit()),
          company.checkedAt(),
          company.remark(),
          company.failReason());
    }
  }

  /** Of a company that has not said anything of itself yet. */
  record Unset(@JsonProperty("status") AuditState audit) implements MemberInfo {}
}
