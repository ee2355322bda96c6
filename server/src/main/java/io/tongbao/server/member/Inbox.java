package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sandbox's phones: every text is kept, and read instead of sent. */
@Component
@Profile("sandbox")
public final class Inbox implements Texter {
  /** The code that the specification prints for 实名付, §5.2 and §6.23. */
  static final String VERIFY_PAY_CODE = "9999";

  private static final String TABLE = "text_message";
  private static final int SHOWN = 200;
  private static final String INSERT =
      """
      INSERT INTO text_message
        (merchant_id, id, phone_index, phone, code, purpose, subject, sent_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String BY_PHONE =
      """
      SELECT id, phone, code, purpose, subject, sent_at, expires_at
        FROM text_message WHERE phone_index = ? ORDER BY id DESC LIMIT ?
      """;

  private final JdbcClient jdbc;
  private final Vault vault;

  Inbox(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  @Override
  public String draw(Purpose purpose) {
    return switch (purpose) {
      case BIND_CARD_BY_VERIFY_PAY, PAY_BY_VERIFY_PAY -> VERIFY_PAY_CODE;
      case BIND_PHONE,
          BIND_CARD,
          BIND_QUICKPAY_CARD,
          PAY,
          PAY_BY_QUICKPAY,
          SET_PASSWORD,
          RESET_PASSWORD,
          RESET_QUICKPAY_PASSWORD,
          CHANGE_PHONE,
          VERIFY_CARD,
          BALANCE_LOW,
          PHONE_CHANGED ->
          Ids.digits(Codes.DIGITS);
    };
  }

  /** The text is there as soon as what it tells of is durable. */
  @Override
  public List<RowWrite> writes(Merchant merchant, Text text) {
    long id = text.id();
    Secret code = text.code();
    return List.of(
        RowWrite.of(
            "text",
            INSERT,
            merchant.id(),
            id,
            index(text.phone()),
            vault.seal(TABLE, "phone", id, text.phone()),
            code == null ? null : vault.seal(TABLE, "code", id, code),
            text.purpose().name(),
            text.subject(),
            text.sentAt(),
            text.expiresAt()));
  }

  /** Nothing is left to do: whoever reads the inbox finds what was written. */
  @Override
  public void send(Merchant merchant, Text text) {}

  /** What was sent to a phone, by whichever merchant, newest first. */
  public List<Text> read(Secret phone) {
    return jdbc.sql(BY_PHONE).params(index(phone), SHOWN).query(this::text).list();
  }

  private byte[] index(Secret phone) {
    return vault.index("phone", 0, phone.reveal());
  }

  private Text text(ResultSet row, int number) throws SQLException {
    long id = row.getLong("id");
    return new Text(
        id,
        "",
        vault.open(TABLE, "phone", id, row.getBytes("phone")),
        Purpose.valueOf(row.getString("purpose")),
        row.getString("subject"),
        opened(id, row.getBytes("code")),
        Columns.requiredTime(row, "sent_at"),
        Columns.time(row, "expires_at"));
  }

  private @Nullable Secret opened(long id, byte @Nullable [] sealed) {
    return sealed == null ? null : vault.open(TABLE, "code", id, sealed);
  }
}
