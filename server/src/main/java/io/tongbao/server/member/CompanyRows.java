package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Columns.Sealed;
import io.tongbao.server.member.Company.Facts;
import io.tongbao.server.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of companies. What a company says of itself is sealed as one JSON text. */
@Component
final class CompanyRows {
  static final String ROW = "company";

  private static final String FIND =
      """
      SELECT merchant_id, member_id, facts, audit, version, back_url, submitted_at, checked_at,
             remark, fail_reason
        FROM company WHERE merchant_id = ? AND member_id = ?
      """;
  private static final String PUT =
      """
      INSERT INTO company AS c (merchant_id, member_id, facts, audit, back_url, submitted_at,
                                checked_at, fail_reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (merchant_id, member_id) DO UPDATE
        SET facts = excluded.facts, audit = excluded.audit, back_url = excluded.back_url,
            submitted_at = excluded.submitted_at, checked_at = excluded.checked_at,
            remark = NULL, fail_reason = excluded.fail_reason, version = c.version + 1
      WHERE c.audit <> 'PASSED'
      """;
  private static final String JUDGE =
      """
      UPDATE company SET audit = ?, checked_at = ?, fail_reason = ?, version = version + 1
       WHERE merchant_id = ? AND member_id = ? AND version = ? AND audit = 'PENDING'
      """;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;
  private final Sealed sealed;

  CompanyRows(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.sealed = new Sealed(vault, "company");
  }

  Optional<Company> find(Member member) {
    return jdbc.sql(FIND).params(member.merchantId(), member.id()).query(this::company).optional();
  }

  /** Puts what the company says, unless the audit desk has passed what it said before. */
  RowWrite put(Company company) {
    return RowWrite.of(
        ROW,
        PUT,
        company.merchantId(),
        company.memberId(),
        sealed.seal("facts", company.memberId(), written(company.facts())),
        company.audit().name(),
        company.backUrl(),
        company.submittedAt(),
        company.checkedAt(),
        company.failReason());
  }

  /** The audit desk's answer to exactly what was read. */
  RowWrite judge(Company read, Audit audit, @Nullable String failReason, Instant now) {
    return RowWrite.of(
        ROW,
        JUDGE,
        audit.name(),
        now,
        failReason,
        read.merchantId(),
        read.memberId(),
        read.version());
  }

  private Company company(ResultSet row, int count) throws SQLException {
    long member = row.getLong("member_id");
    return new Company(
        row.getInt("merchant_id"),
        member,
        read(sealed.open(row, "facts", member)),
        Audit.valueOf(row.getString("audit")),
        row.getLong("version"),
        row.getString("back_url"),
        Columns.requiredTime(row, "submitted_at"),
        Columns.time(row, "checked_at"),
        row.getString("remark"),
        row.getString("fail_reason"));
  }

  private static Secret written(Facts facts) {
    Map<String, @Nullable String> map = new HashMap<>();
    map.put("companyName", facts.companyName());
    map.put("companyAddress", facts.companyAddress());
    map.put("businessLicense", facts.businessLicense());
    map.put("organizationCode", facts.organizationCode());
    map.put("telephone", facts.telephone());
    map.put("legalName", facts.legalName().reveal());
    map.put("identityType", Integer.toString(facts.identityType()));
    map.put("legalIds", facts.legalIds().reveal());
    map.put("legalPhone", facts.legalPhone().reveal());
    map.put("accountNo", facts.accountNo().reveal());
    map.put("parentBankName", facts.parentBankName());
    map.put("bankCityNo", facts.bankCityNo());
    map.put("bankName", facts.bankName());
    map.put("unionBank", facts.unionBank());
    return new Secret(JSON.writeValueAsString(map));
  }

  private static Facts read(Secret written) {
    JsonNode map = JSON.readTree(written.reveal());
    return new Facts(
        text(map, "companyName"),
        optional(map, "companyAddress"),
        text(map, "businessLicense"),
        optional(map, "organizationCode"),
        optional(map, "telephone"),
        new Secret(text(map, "legalName")),
        Integer.parseInt(text(map, "identityType")),
        new Secret(text(map, "legalIds")),
        new Secret(text(map, "legalPhone")),
        new Secret(text(map, "accountNo")),
        text(map, "parentBankName"),
        optional(map, "bankCityNo"),
        optional(map, "bankName"),
        optional(map, "unionBank"));
  }

  private static String text(JsonNode map, String name) {
    return Objects.requireNonNull(optional(map, name), name);
  }

  private static @Nullable String optional(JsonNode map, String name) {
    return map.path(name).isString() ? map.path(name).stringValue() : null;
  }
}
