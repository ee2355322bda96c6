package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.AuditState;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.member.Audit;
import io.tongbao.server.member.Companies;
import io.tongbao.server.member.Company;
import io.tongbao.server.member.Company.Facts;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.MemberType;
import io.tongbao.server.member.Members;
import io.tongbao.server.notice.NoticeUrls;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * 设置企业信息: a company says what it is. The audit desk's answer comes as a notice; an application
 * without audit (免审) has it in the answer. Specification §4.1.6, §4.1.7, §5.5.
 */
@Endpoint("MemberService.setCompanyInfo")
final class SetCompanyInfo
    implements EscrowOperation<SetCompanyInfo.Request, SetCompanyInfo.Response> {

  /** The longest text of a company's field, in characters. */
  private static final int WORDS = 200;

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("backUrl") @Nullable String backUrl,
      @JsonProperty("companyBasicInfo") Basics basics,
      @JsonProperty("companyExtendInfo") @Nullable JsonNode extension) {}

  record Basics(
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
      @JsonProperty("unionBank") @Nullable String unionBank) {
    Basics {
      companyName = Forms.words(companyName, WORDS, "companyName");
      companyAddress = optional(companyAddress, "companyAddress");
      businessLicense = Forms.words(businessLicense, WORDS, "businessLicense");
      organizationCode = optional(organizationCode, "organizationCode");
      telephone = optional(telephone, "telephone");
      legalName = Forms.name(legalName, "legalName").reveal();
      legalIds = Forms.identityNo(legalIds, "legalIds");
      legalPhone = Forms.phone(legalPhone, "legalPhone").reveal();
      accountNo = Forms.accountNo(accountNo, "accountNo");
      parentBankName = Forms.words(parentBankName, WORDS, "parentBankName");
      bankCityNo = optional(bankCityNo, "bankCityNo");
      bankName = optional(bankName, "bankName");
      unionBank = unionBank == null ? null : Forms.unionBank(unionBank, "unionBank");
    }

    private static @Nullable String optional(@Nullable String text, String field) {
      return text == null ? null : Forms.words(text, WORDS, field);
    }

    Facts facts() {
      return new Facts(
          companyName,
          companyAddress,
          businessLicense,
          organizationCode,
          telephone,
          new Secret(legalName),
          document.number(),
          legalIds,
          new Secret(legalPhone),
          accountNo,
          parentBankName,
          bankCityNo,
          bankName,
          unionBank);
    }
  }

  /** What follows the number is there only without audit. */
  record Response(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("result") @Nullable AuditState result,
      @JsonProperty("checkTime") @Nullable Instant checkedAt,
      @JsonProperty("failReason") @Nullable String failReason) {}

  private final Members members;
  private final Companies companies;
  private final NoticeUrls urls;

  SetCompanyInfo(Members members, Companies companies, NoticeUrls urls) {
    this.members = members;
    this.companies = companies;
    this.urls = urls;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member =
        members.active(caller.merchant(), request.bizUserId()).requireType(MemberType.COMPANY);
    String backUrl = request.backUrl();
    String checked = backUrl == null ? null : urls.check(caller.merchant(), backUrl, "backUrl");
    Company company = submit(caller, member, request.basics().facts(), checked);
    if (company.audit() == Audit.PENDING) {
      return new Response(member.bizUserId(), null, null, null);
    }
    return new Response(
        member.bizUserId(),
        AuditState.of(company.audit()),
        company.checkedAt(),
        company.failReason());
  }

  private Company submit(Caller caller, Member member, Facts facts, @Nullable String backUrl) {
    try {
      return companies.submit(caller.merchant(), member, facts, backUrl, caller.now());
    } catch (Refusal refusal) {
      throw refusal
          .calling("legalName", "companyBasicInfo.legalName")
          .calling("unionBank", "companyBasicInfo.unionBank");
    }
  }
}
