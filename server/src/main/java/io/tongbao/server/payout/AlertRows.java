package io.tongbao.server.payout;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of thresholds and of whom to tell. */
@Component
final class AlertRows {
  private static final String CROSSINGS =
      """
      SELECT t.broker_id, b.code, t.channel, t.fen, a.balance - a.frozen AS available
        FROM payout_threshold t
        JOIN payout_broker b ON b.merchant_id = t.merchant_id AND b.id = t.broker_id
        JOIN account a ON a.merchant_id = t.merchant_id AND a.owner_id = t.broker_id
                      AND a.set_no = lower(t.channel)
       WHERE t.merchant_id = ? AND (a.balance - a.frozen < t.fen) <> t.below
      """;

  /** A balance that has come to the other side of its threshold. */
  record Crossing(
      long brokerId, String broker, PayoutChannel channel, Money threshold, Money available) {
    boolean isDown() {
      return threshold.isMoreThan(available);
    }
  }

  /** How somebody is reached. */
  enum Kind {
    PHONE,
    MAIL
  }

  /** Somebody to tell. */
  record Contact(long id, Kind kind, Secret address) {}

  private final JdbcClient jdbc;
  private final Vault vault;

  AlertRows(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  List<Crossing> crossings(int merchant) {
    return jdbc.sql(CROSSINGS)
        .param(merchant)
        .query((row, _) ->
            new Crossing(
                row.getLong("broker_id"),
                row.getString("code"),
                PayoutChannel.valueOf(row.getString("channel")),
                Money.ofFen(row.getLong("fen")),
                Money.ofFen(row.getLong("available"))))
        .list();
  }

  /** One node sees a crossing; for the others the row is as it should be. */
  RowWrite cross(int merchant, Crossing crossing) {
    return RowWrite.of(
        "threshold",
        """
        UPDATE payout_threshold SET below = ?
         WHERE merchant_id = ? AND broker_id = ? AND channel = ? AND fen = ? AND below = ?
        """,
        crossing.isDown(),
        merchant,
        crossing.brokerId(),
        crossing.channel().name(),
        crossing.threshold().fen(),
        !crossing.isDown());
  }

  List<Contact> contacts(int merchant) {
    return jdbc.sql("SELECT id, kind, address FROM payout_contact WHERE merchant_id = ?")
        .param(merchant)
        .query((row, _) -> contact(row, row.getLong("id")))
        .list();
  }

  RowWrite contact(int merchant, Kind kind, Secret address) {
    long id = Ids.next();
    return RowWrite.of(
        "contact",
        "INSERT INTO payout_contact (merchant_id, id, kind, address) VALUES (?, ?, ?, ?)",
        merchant,
        id,
        kind.name(),
        vault.seal("payout_contact", "address", id, address));
  }

  RowWrite forget(int merchant, Contact contact) {
    return RowWrite.of(
        "contact",
        "DELETE FROM payout_contact WHERE merchant_id = ? AND id = ?",
        merchant,
        contact.id());
  }

  /** A new threshold starts above, so that a balance below it is told of at once. */
  RowWrite threshold(int merchant, long broker, PayoutChannel channel, Money threshold) {
    return RowWrite.of(
        "threshold",
        """
        INSERT INTO payout_threshold (merchant_id, broker_id, channel, fen) VALUES (?, ?, ?, ?)
        ON CONFLICT (merchant_id, broker_id, channel) DO UPDATE
          SET fen = excluded.fen, below = false
        """,
        merchant,
        broker,
        channel.name(),
        threshold.fen());
  }

  void dropThreshold(int merchant, long broker, PayoutChannel channel) {
    jdbc.sql("DELETE FROM payout_threshold WHERE merchant_id = ? AND broker_id = ? AND channel = ?")
        .params(merchant, broker, channel.name())
        .update();
  }

  private Contact contact(ResultSet row, long id) throws SQLException {
    return new Contact(
        id,
        Kind.valueOf(row.getString("kind")),
        vault.open("payout_contact", "address", id, row.getBytes("address")));
  }
}
