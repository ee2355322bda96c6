package io.tongbao.server.order;

import io.tongbao.ledger.RowWrite;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads, and makes the row writes of, {@code withdrawal}. */
@Component
final class WithdrawalRows {
  private static final String ROW = "withdrawal";

  private final JdbcClient jdbc;

  WithdrawalRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Withdrawal of(Order order) {
    return jdbc.sql("SELECT * FROM withdrawal WHERE merchant_id = ? AND order_id = ?")
        .params(order.merchant(), order.id())
        .query((row, _) ->
            new Withdrawal(
                new Payee(row.getLong("card_id"), row.getString("union_bank")),
                Speed.valueOf(row.getString("speed")),
                (Long) row.getObject("hold"),
                (Long) row.getObject("request")))
        .single();
  }

  static RowWrite open(Order order, Payee payee, Speed speed) {
    return RowWrite.of(
        ROW,
        """
        INSERT INTO withdrawal (merchant_id, order_id, card_id, union_bank, speed)
        VALUES (?, ?, ?, ?, ?)
        """,
        order.merchant(),
        order.id(),
        payee.card(),
        payee.unionBank(),
        speed.name());
  }

  static RowWrite asked(Order order, long hold, long request) {
    return RowWrite.of(
        ROW,
        """
        UPDATE withdrawal SET hold = ?, request = ?
        WHERE merchant_id = ? AND order_id = ? AND hold IS NULL
        """,
        hold,
        request,
        order.merchant(),
        order.id());
  }
}
