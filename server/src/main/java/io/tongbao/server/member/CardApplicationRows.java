package io.tongbao.server.member;

import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Columns.Sealed;
import io.tongbao.server.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of applications for cards. */
@Component
final class CardApplicationRows {
  static final String ROW = "card application";

  private static final String FIND =
      """
      SELECT merchant_id, id, member_id, number, applied_at, card_no, holder, holder_identity,
             phone, bank_code, bank_name, type, union_bank, method, safe, confirmed_at
        FROM card_application WHERE merchant_id = ? AND member_id = ? AND number = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO card_application (merchant_id, id, member_id, number, applied_at, card_no, holder,
                                    holder_identity, phone, bank_code, bank_name, type, union_bank,
                                    method, safe)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String CONFIRM =
      """
      UPDATE card_application SET confirmed_at = ?
       WHERE merchant_id = ? AND id = ? AND confirmed_at IS NULL
      """;
  private static final String FORGET =
      """
      DELETE FROM card_application
       WHERE merchant_id = ? AND applied_at < ? AND confirmed_at IS NULL
      """;

  private final JdbcClient jdbc;
  private final Sealed sealed;

  CardApplicationRows(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.sealed = new Sealed(vault, "card_application");
  }

  Optional<CardApplication> find(Member member, String number) {
    return jdbc.sql(FIND)
        .params(member.merchantId(), member.id(), number)
        .query(this::application)
        .optional();
  }

  RowWrite insert(CardApplication application) {
    long id = application.id();
    return RowWrite.of(
        ROW,
        INSERT,
        application.merchantId(),
        id,
        application.memberId(),
        application.number(),
        application.appliedAt(),
        sealed.seal("card_no", id, application.cardNo()),
        sealed.seal("holder", id, application.holder()),
        sealed.seal("holder_identity", id, application.holderIdentity()),
        sealed.seal("phone", id, application.phone()),
        application.bankCode(),
        application.bankName(),
        application.type().name(),
        application.unionBank(),
        application.method().name(),
        application.safe());
  }

  RowWrite confirm(CardApplication application, Instant now) {
    return RowWrite.of(ROW, CONFIRM, now, application.merchantId(), application.id());
  }

  /** Deletes what nobody confirmed; answers how many. */
  int forget(int merchant, Instant before) {
    return jdbc.sql(FORGET).params(merchant, Columns.time(before)).update();
  }

  private CardApplication application(ResultSet row, int count) throws SQLException {
    long id = row.getLong("id");
    return new CardApplication(
        id,
        row.getInt("merchant_id"),
        row.getLong("member_id"),
        row.getString("number"),
        Columns.requiredTime(row, "applied_at"),
        sealed.open(row, "card_no", id),
        sealed.open(row, "holder", id),
        sealed.open(row, "holder_identity", id),
        sealed.open(row, "phone", id),
        row.getString("bank_code"),
        row.getString("bank_name"),
        CardType.valueOf(row.getString("type")),
        row.getString("union_bank"),
        BindMethod.valueOf(row.getString("method")),
        row.getBoolean("safe"),
        row.getObject("confirmed_at") != null);
  }
}
