package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Columns.Sealed;
import io.tongbao.server.member.Member.Registration;
import io.tongbao.server.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of members: what is read of it, and the writes that go into changes. */
@Component
final class MemberRows {
  static final String ROW = "member";
  static final String HELD = "member held";

  private static final String COLUMNS =
      """
      SELECT merchant_id, id, biz_user_id, user_no, type, state, locked, account, source,
             registered_at, register_ip, phone, phone_bound_at, phone_changed_at, name, identity_no,
             real_named_at, company_set, password_set, pay_failures
        FROM member WHERE merchant_id = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO member (merchant_id, id, biz_user_id, user_no, type, state, account, source,
                          registered_at, register_ip)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;
  private static final String BIND_PHONE =
      """
      UPDATE member SET phone = ?, phone_index = ?, phone_bound_at = ?,
             phone_changed_at = CASE WHEN phone IS NOT NULL THEN ? END
       WHERE merchant_id = ? AND id = ? AND phone_index IS NOT DISTINCT FROM ? AND NOT locked
      """;
  private static final String NAME =
      """
      UPDATE member SET name = ?, identity_no = ?, identity_index = ?, real_named_at = ?
       WHERE merchant_id = ? AND id = ? AND name IS NULL AND NOT locked
      """;
  private static final String LOCK =
      "UPDATE member SET locked = ? WHERE merchant_id = ? AND id = ? AND locked = ?";
  private static final String HOLD =
      "UPDATE member SET state = state WHERE merchant_id = ? AND id = ? AND NOT locked";
  private static final String REMEMBER_LOCK =
      "INSERT INTO member_lock (merchant_id, id, member_id, locked, at) VALUES (?, ?, ?, ?, ?)";
  private static final String STATE =
      """
      UPDATE member SET state = ?, company_set = true
       WHERE merchant_id = ? AND id = ? AND type = 'COMPANY'
      """;

  private final JdbcClient jdbc;
  private final Vault vault;
  private final Sealed sealed;

  MemberRows(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.sealed = new Sealed(vault, "member");
  }

  Optional<Member> find(int merchant, String bizUserId) {
    return jdbc.sql(COLUMNS + " AND biz_user_id = ?")
        .params(merchant, bizUserId)
        .query(this::member)
        .optional();
  }

  Optional<Member> byId(int merchant, long id) {
    return jdbc.sql(COLUMNS + " AND id = ?").params(merchant, id).query(this::member).optional();
  }

  RowWrite insert(Member member) {
    return RowWrite.of(
        ROW,
        INSERT,
        member.merchantId(),
        member.id(),
        member.bizUserId(),
        member.userNo(),
        member.type().name(),
        member.state().name(),
        member.account(),
        member.registration().source(),
        member.registration().at(),
        member.registration().ip());
  }

  /** Puts a phone where the member read has none, or the one it has. */
  RowWrite bindPhone(Member member, Secret phone, Instant now) {
    Secret before = member.phone();
    return RowWrite.of(
        ROW,
        BIND_PHONE,
        sealed.seal("phone", member.id(), phone),
        phoneIndex(member, phone),
        now,
        now,
        member.merchantId(),
        member.id(),
        before == null ? null : phoneIndex(member, before));
  }

  RowWrite setRealName(Member member, Secret name, Secret identityNo, Instant now) {
    return RowWrite.of(
        ROW,
        NAME,
        sealed.seal("name", member.id(), name),
        sealed.seal("identity_no", member.id(), identityNo),
        vault.index("identity", member.merchantId(), identityNo.reveal()),
        now,
        member.merchantId(),
        member.id());
  }

  RowWrite lock(Member member, boolean locked) {
    return RowWrite.of(ROW, LOCK, locked, member.merchantId(), member.id(), !locked);
  }

  /**
   * Keeps the member's row until the commit, and sees that he is not locked. First among the writes
   * of a change that counts something of his, so that two such changes come one after the other.
   */
  RowWrite hold(Member member) {
    return RowWrite.of(HELD, HOLD, member.merchantId(), member.id());
  }

  RowWrite rememberLock(Member member, boolean locked, Instant now) {
    return RowWrite.of(
        "member lock", REMEMBER_LOCK, member.merchantId(), Ids.next(), member.id(), locked, now);
  }

  /** A company's state, which follows its audit. */
  RowWrite state(Member member, MemberState state) {
    return RowWrite.of(ROW, STATE, state.name(), member.merchantId(), member.id());
  }

  private byte[] phoneIndex(Member member, Secret phone) {
    return vault.index("phone", member.merchantId(), phone.reveal());
  }

  private Member member(ResultSet row, int number) throws SQLException {
    long id = row.getLong("id");
    return new Member(
        id,
        row.getInt("merchant_id"),
        row.getString("biz_user_id"),
        row.getString("user_no"),
        MemberType.valueOf(row.getString("type")),
        row.getBoolean("locked") ? MemberState.LOCKED : MemberState.valueOf(row.getString("state")),
        row.getLong("account"),
        new Registration(
            row.getInt("source"),
            row.getString("register_ip"),
            Columns.requiredTime(row, "registered_at")),
        sealed.openIfThere(row, "phone", id),
        Columns.time(row, "phone_bound_at"),
        Columns.time(row, "phone_changed_at"),
        sealed.openIfThere(row, "name", id),
        sealed.openIfThere(row, "identity_no", id),
        Columns.time(row, "real_named_at"),
        row.getBoolean("company_set"),
        row.getBoolean("password_set"),
        row.getInt("pay_failures"));
  }
}
