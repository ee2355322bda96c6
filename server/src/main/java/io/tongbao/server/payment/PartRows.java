package io.tongbao.server.payment;

import io.tongbao.kernel.Money;
import io.tongbao.ledger.RowWrite;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads, and makes the row writes of, {@code payout_part}. */
@Component
final class PartRows {
  /** In conflict: the part has gone on since the decision read it. */
  static final String ROW = "payout part";

  private static final String INSERT =
      """
      INSERT INTO payout_part (merchant_id, payout_id, side, amount, fee, rebate, hold, request, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** How long a red packet waits until somebody asks after it, again and again. */
  private static final Duration LOOK_AFTER = Duration.ofHours(1);

  private static final String MOVE =
      """
      UPDATE payout_part SET state = ?, detail = ?, channel_no = coalesce(?::text, channel_no),
                             look_at = ?
      WHERE merchant_id = ? AND payout_id = ? AND side = ? AND state = ?
      """;

  private final JdbcClient jdbc;

  PartRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Part> of(int merchant, long payout) {
    return jdbc.sql(
            "SELECT * FROM payout_part WHERE merchant_id = ? AND payout_id = ? ORDER BY side DESC")
        .params(merchant, payout)
        .query((row, _) ->
            new Part(
                Part.Side.valueOf(row.getString("side")),
                Money.ofFen(row.getLong("amount")),
                Money.ofFen(row.getLong("fee")),
                Money.ofFen(row.getLong("rebate")),
                row.getLong("hold"),
                row.getLong("request"),
                Part.State.valueOf(row.getString("state")),
                PayoutDetail.ofCode(row.getInt("detail")),
                row.getString("channel_no")))
        .list();
  }

  static RowWrite open(Payout payout, Part part) {
    return RowWrite.of(
        ROW,
        INSERT,
        payout.merchant(),
        payout.id(),
        part.side().name(),
        part.amount().fen(),
        part.fee().fen(),
        part.rebate().fen(),
        part.hold(),
        part.request(),
        part.state().name());
  }

  /** The channel requests of red packets whose turn it is to be asked after. */
  List<Long> toLookAfter(int merchant, Instant now, int limit) {
    return jdbc.sql(
            """
            UPDATE payout_part p SET look_at = ?
            FROM (SELECT merchant_id, payout_id, side FROM payout_part
                  WHERE merchant_id = ? AND state = 'SENT' AND look_at <= ?
                  ORDER BY look_at LIMIT ? FOR UPDATE SKIP LOCKED) due
            WHERE p.merchant_id = due.merchant_id AND p.payout_id = due.payout_id
              AND p.side = due.side
            RETURNING p.request
            """)
        .param(Timestamp.from(now.plus(LOOK_AFTER)))
        .param(merchant)
        .param(Timestamp.from(now))
        .param(limit)
        .query((row, _) -> row.getLong(1))
        .list();
  }

  static RowWrite move(
      Payout payout, Part before, Part after, @Nullable String channelNo, Instant now) {
    return RowWrite.of(
        ROW,
        MOVE,
        after.state().name(),
        after.detail().code(),
        channelNo,
        after.state() == Part.State.SENT ? now.plus(LOOK_AFTER) : null,
        payout.merchant(),
        payout.id(),
        before.side().name(),
        before.state().name());
  }
}
