package io.tongbao.server.payout;

import io.tongbao.kernel.Money;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.payment.PayoutChannel;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of thresholds. */
@Component
final class ThresholdRows {
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

  private final JdbcClient jdbc;

  ThresholdRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
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
}
