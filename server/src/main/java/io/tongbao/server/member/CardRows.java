package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Columns.Sealed;
import io.tongbao.server.vault.Vault;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of bound cards: what is read of it, and the writes that go into changes. */
@Component
final class CardRows {
  static final String ROW = "card";

  private static final String COLUMNS =
      """
      SELECT merchant_id, id, member_id, number, holder, holder_identity, phone, bank_code,
             bank_name, type, union_bank, first_method, methods, safe, approval, personal, bound_at
        FROM bank_card WHERE merchant_id = ? AND member_id = ? AND bound
      """;
  private static final String BY_ID =
      """
      SELECT merchant_id, id, member_id, number, holder, holder_identity, phone, bank_code,
             bank_name, type, union_bank, first_method, methods, safe, approval, personal, bound_at
        FROM bank_card WHERE merchant_id = ? AND id = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO bank_card (merchant_id, id, member_id, number, number_index, holder,
                             holder_identity, phone, bank_code, bank_name, type, union_bank,
                             first_method, methods, safe, safe_at, approval, personal, bound_at)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ARRAY[?::text], ?, ?, ?, ?, ?
       WHERE ? > (SELECT count(*) FROM bank_card WHERE merchant_id = ? AND member_id = ? AND bound)
         AND ? > (SELECT count(*) FROM bank_card WHERE merchant_id = ? AND member_id = ? AND bound
                     AND ? = ANY (methods))
      ON CONFLICT DO NOTHING
      """;
  private static final String ADD_METHOD =
      """
      UPDATE bank_card c SET methods = methods || ?::text, phone = coalesce(?, phone),
             union_bank = coalesce(?, union_bank), safe = safe OR ?,
             safe_at = CASE WHEN safe THEN safe_at WHEN ? THEN ?::timestamptz END
       WHERE merchant_id = ? AND id = ? AND bound AND NOT ? = ANY (methods)
         AND ? > (SELECT count(*) FROM bank_card o WHERE o.merchant_id = c.merchant_id
                     AND o.member_id = c.member_id AND o.bound AND ? = ANY (o.methods))
         AND NOT (? AND EXISTS (SELECT FROM bank_card o WHERE o.merchant_id = c.merchant_id
                    AND o.member_id = c.member_id AND o.bound AND o.safe))
      """;
  private static final String UNBIND =
      """
      UPDATE bank_card SET bound = false, unbound_at = ?
       WHERE merchant_id = ? AND id = ? AND bound AND NOT safe
      """;
  private static final String MAKE_SAFE =
      """
      UPDATE bank_card c SET safe = true, safe_at = ?
       WHERE merchant_id = ? AND id = ? AND bound AND NOT safe AND type = 'DEBIT'
         AND NOT EXISTS (SELECT FROM bank_card o WHERE o.merchant_id = c.merchant_id
                           AND o.member_id = c.member_id AND o.bound AND o.safe)
      """;
  private static final String APPROVE =
      """
      UPDATE bank_card SET approval = ?, bound = ?, unbound_at = ?
       WHERE merchant_id = ? AND id = ? AND bound AND approval = 'PENDING'
      """;

  private final JdbcClient jdbc;
  private final Vault vault;
  private final Sealed sealed;

  CardRows(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.sealed = new Sealed(vault, "bank_card");
  }

  Optional<Card> find(Member member, Secret number) {
    return jdbc.sql(COLUMNS + " AND number_index = ?")
        .params(member.merchantId(), member.id(), index(member.merchantId(), number))
        .query(this::card)
        .optional();
  }

  List<Card> all(Member member) {
    return jdbc.sql(COLUMNS + " ORDER BY id")
        .params(member.merchantId(), member.id())
        .query(this::card)
        .list();
  }

  Optional<Card> byId(int merchant, long id) {
    return jdbc.sql(BY_ID).params(merchant, id).query(this::card).optional();
  }

  Optional<Card> boundById(int merchant, long id) {
    return jdbc.sql(BY_ID + " AND bound").params(merchant, id).query(this::card).optional();
  }

  /** Binds another card, as long as the member has fewer than {@code most}. */
  RowWrite insert(Card card, long most) {
    Secret phone = card.phone();
    return RowWrite.of(
        ROW,
        INSERT,
        card.merchantId(),
        card.id(),
        card.memberId(),
        sealed.seal("number", card.id(), card.number()),
        index(card.merchantId(), card.number()),
        sealed.seal("holder", card.id(), card.holder()),
        sealed.seal("holder_identity", card.id(), card.holderIdentity()),
        sealed.sealIfThere("phone", card.id(), phone),
        card.bankCode(),
        card.bankName(),
        card.type().name(),
        card.unionBank(),
        card.method().name(),
        card.method().name(),
        card.safe(),
        card.safe() ? card.boundAt() : null,
        card.approval().name(),
        card.personal(),
        card.boundAt(),
        most,
        card.merchantId(),
        card.memberId(),
        card.method().most(),
        card.merchantId(),
        card.memberId(),
        card.method().name());
  }

  /** Binds a card that is bound already in one more way. */
  RowWrite addMethod(
      Card card,
      BindMethod method,
      @Nullable Secret phone,
      @Nullable String unionBank,
      boolean safe,
      Instant now) {
    return RowWrite.of(
        ROW,
        ADD_METHOD,
        method.name(),
        sealed.sealIfThere("phone", card.id(), phone),
        unionBank,
        safe,
        safe,
        now,
        card.merchantId(),
        card.id(),
        method.name(),
        method.most(),
        method.name(),
        safe);
  }

  RowWrite unbind(Card card, Instant now) {
    return RowWrite.of(ROW, UNBIND, now, card.merchantId(), card.id());
  }

  RowWrite makeSafe(Card card, Instant now) {
    return RowWrite.of(ROW, MAKE_SAFE, now, card.merchantId(), card.id());
  }

  /** What the audit desk says; a card that fails is bound no more. */
  RowWrite approve(Card card, boolean pass, Instant now) {
    return RowWrite.of(
        ROW,
        APPROVE,
        (pass ? Audit.PASSED : Audit.FAILED).name(),
        pass,
        pass ? null : now,
        card.merchantId(),
        card.id());
  }

  byte[] index(int merchant, Secret number) {
    return vault.index("card", merchant, number.reveal());
  }

  private Card card(ResultSet row, int count) throws SQLException {
    long id = row.getLong("id");
    return new Card(
        id,
        row.getInt("merchant_id"),
        row.getLong("member_id"),
        sealed.open(row, "number", id),
        sealed.open(row, "holder", id),
        sealed.open(row, "holder_identity", id),
        sealed.openIfThere(row, "phone", id),
        row.getString("bank_code"),
        row.getString("bank_name"),
        CardType.valueOf(row.getString("type")),
        row.getString("union_bank"),
        BindMethod.valueOf(row.getString("first_method")),
        methods(row.getArray("methods")),
        row.getBoolean("safe"),
        Audit.valueOf(row.getString("approval")),
        row.getBoolean("personal"),
        Columns.requiredTime(row, "bound_at"));
  }

  private static Set<BindMethod> methods(Array names) throws SQLException {
    Set<BindMethod> methods = EnumSet.noneOf(BindMethod.class);
    Arrays.stream((String[]) names.getArray()).map(BindMethod::valueOf).forEach(methods::add);
    return methods;
  }
}
