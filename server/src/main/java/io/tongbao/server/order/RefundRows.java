package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.ledger.RowWrite;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code refund} and {@code refund_share}. */
@Component
final class RefundRows {
  private static final String INSERT =
      """
      INSERT INTO refund (merchant_id, order_id, original_id, coupon_amount, fee_amount, whereabouts,
        hold, fee_hold)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String SHARE =
      """
      INSERT INTO refund_share (merchant_id, order_id, seq, part, way, account, amount,
        by_channel)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final JdbcClient jdbc;

  RefundRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  static List<RowWrite> open(Order order, Refund refund) {
    List<RowWrite> writes = new ArrayList<>();
    writes.add(
        RowWrite.of(
            "refund",
            INSERT,
            order.merchant(),
            order.id(),
            refund.original(),
            refund.coupons().fen(),
            refund.fee().fen(),
            refund.whereabouts().code(),
            refund.hold(),
            refund.feeHold()));
    for (Refund.Given given : refund.shares()) {
      writes.add(
          RowWrite.of(
              "refund share",
              SHARE,
              order.merchant(),
              order.id(),
              writes.size(),
              given.share().part(),
              given.share().way().name(),
              given.account(),
              given.share().amount().fen(),
              given.byChannel()));
    }
    return writes;
  }

  Refund of(Order order) {
    List<Refund.Given> shares =
        jdbc.sql("SELECT * FROM refund_share WHERE merchant_id = ? AND order_id = ? ORDER BY seq")
            .params(order.merchant(), order.id())
            .query((row, _) ->
                new Refund.Given(
                    new Share(
                        row.getInt("part"),
                        Way.valueOf(row.getString("way")),
                        Money.ofFen(row.getLong("amount"))),
                    row.getLong("account"),
                    row.getBoolean("by_channel")))
            .list();
    return jdbc.sql("SELECT * FROM refund WHERE merchant_id = ? AND order_id = ?")
        .params(order.merchant(), order.id())
        .query((row, _) ->
            new Refund(
                row.getLong("original_id"),
                Money.ofFen(row.getLong("coupon_amount")),
                Money.ofFen(row.getLong("fee_amount")),
                shares,
                (Long) row.getObject("hold"),
                (Long) row.getObject("fee_hold")))
        .single();
  }
}
