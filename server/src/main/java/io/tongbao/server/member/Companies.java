package io.tongbao.server.member;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.server.member.Company.Facts;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.News;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * All companies and their audit. Escrow specification §4.1.6, §4.1.7. Where the merchant's setting
 * {@code company.auditFree} is on, a company is judged at once, by its legal person's identity;
 * elsewhere by the audit desk, whose answer goes to the back URL as news.
 */
@Component
public final class Companies {
  /** The form of the notice with the audit desk's answer. */
  public static final String NEWS = "escrow.verifyResult";

  /** Banks that take money for companies without a payment number (支付行号). §6.22. */
  private static final Set<String> DIRECT_BANKS =
      Set.of("工商银行", "农业银行", "建设银行", "中信银行", "平安银行", "兴业银行", "南京银行", "农信内蒙", "招商银行");

  private static final String NOT_THE_LEGAL_PERSON = "法人身份信息验证失败";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final CompanyRows rows;
  private final MemberRows members;
  private final IdentityCheck identities;
  private final Decisions decisions;

  Companies(CompanyRows rows, MemberRows members, IdentityCheck identities, Decisions decisions) {
    this.rows = rows;
    this.members = members;
    this.identities = identities;
    this.decisions = decisions;
  }

  /** What the company said of itself; nothing before it did. */
  public Optional<Company> find(Member member) {
    return rows.find(member);
  }

  /** The company's words, which the audit desk has passed. */
  public Company requireAudited(Member member) {
    member.requireType(MemberType.COMPANY).requireAudited();
    return find(member).orElseThrow(() -> Refusal.of(Reason.COMPANY_NOT_SET, "bizUserId"));
  }

  /** Takes what a company says of itself, and judges it where nobody else does. */
  public Company submit(
      Merchant merchant, Member member, Facts facts, @Nullable String backUrl, Instant now) {
    member.requireType(MemberType.COMPANY);
    if (!isDirect(facts.parentBankName()) && facts.unionBank() == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "companyBasicInfo.unionBank");
    }
    Refusal audited = Refusal.of(Reason.COMPANY_ALREADY_AUDITED, "bizUserId");
    if (find(member).map(Company::audit).orElse(Audit.PENDING) == Audit.PASSED) {
      throw audited;
    }
    Company company = judged(merchant, member, facts, backUrl, now);
    decisions.carryOut(
        Change.at(now)
            .write(members.state(member, state(company.audit())))
            .write(rows.put(company))
            .build(),
        Map.of(CompanyRows.ROW, audited));
    return company;
  }

  /**
   * The audit desk's answer to a company that waits for one.
   *
   * @param reason why it failed, for people, in Chinese
   */
  public void audit(
      Merchant merchant, Member member, boolean pass, @Nullable String reason, Instant now) {
    Company company =
        find(member).orElseThrow(() -> Refusal.of(Reason.COMPANY_NOT_SET, "bizUserId"));
    Audit verdict = pass ? Audit.PASSED : Audit.FAILED;
    String failReason = pass ? null : reason;
    Change.Builder change =
        Change.at(now)
            .write(members.state(member, state(verdict)))
            .write(rows.judge(company, verdict, failReason, now));
    if (company.backUrl() != null) {
      change.write(news(merchant, member, company.backUrl(), verdict, failReason, now).row());
    }
    decisions.carryOut(
        change.build(),
        Map.of(CompanyRows.ROW, Refusal.of(Reason.COMPANY_ALREADY_AUDITED, "bizUserId")));
  }

  private Company judged(
      Merchant merchant, Member member, Facts facts, @Nullable String backUrl, Instant now) {
    boolean auditFree = merchant.allows("company.auditFree");
    boolean agrees = agrees(merchant, facts);
    if (!agrees && !auditFree) {
      throw Refusal.of(Reason.IDENTITY_REFUSED, "legalName");
    }
    Audit audit = !auditFree ? Audit.PENDING : agrees ? Audit.PASSED : Audit.FAILED;
    return new Company(
        merchant.id(),
        member.id(),
        facts,
        audit,
        1,
        backUrl,
        now,
        auditFree ? now : null,
        null,
        agrees ? null : NOT_THE_LEGAL_PERSON);
  }

  private boolean agrees(Merchant merchant, Facts facts) {
    return switch (identities.person(merchant, facts.legalName(), facts.legalIds())) {
      case AGREES -> true;
      case DIFFERS -> false;
      case UNKNOWN -> throw Refusal.of(Reason.BUSY);
    };
  }

  /** Whether a company's account at that bank is paid without a payment number (支付行号). §6.22. */
  public static boolean isDirect(String bank) {
    return DIRECT_BANKS.stream().anyMatch(bank::contains);
  }

  private static MemberState state(Audit audit) {
    return switch (audit) {
      case PENDING -> MemberState.AWAITING_AUDIT;
      case PASSED -> MemberState.ACTIVE;
      case FAILED -> MemberState.AUDIT_FAILED;
    };
  }

  private static News news(
      Merchant merchant,
      Member member,
      String url,
      Audit verdict,
      @Nullable String failReason,
      Instant now) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("bizUserId", member.bizUserId());
    facts.put("result", verdict == Audit.PASSED ? 2 : 3);
    facts.put("checkTime", BeijingTime.seconds(now));
    if (failReason != null) {
      facts.put("failReason", failReason);
    }
    return new News(merchant.id(), NEWS, member.id(), url, JSON.writeValueAsString(facts), now);
  }
}
