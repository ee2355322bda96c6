package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.ledger.RowWrite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code disbursement} and {@code disbursement_source}. */
@Component
final class DisbursementRows {
  private static final String INSERT =
      """
      INSERT INTO disbursement (merchant_id, order_id, trade_code, goods_type, goods_no, card_id,
        union_bank, card_amount, speed, hold)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String DRAW =
      """
      INSERT INTO disbursement_source (merchant_id, order_id, collection_id, amount)
      VALUES (?, ?, ?, ?)
      """;

  private final JdbcClient jdbc;

  DisbursementRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  static RowWrite open(Order order, Disbursement disbursement) {
    Disbursement.Target target = disbursement.target();
    return RowWrite.of(
        "disbursement",
        INSERT,
        order.merchant(),
        order.id(),
        disbursement.trade().disbursement(),
        disbursement.ware().type(),
        disbursement.ware().number(),
        target == null ? null : target.payee().card(),
        target == null ? null : target.payee().unionBank(),
        target == null ? null : target.amount().fen(),
        target == null ? null : target.speed().name(),
        disbursement.hold());
  }

  /** The writes that take the draws from their collections and remember them. */
  static List<RowWrite> draw(Order order, List<Draw> draws) {
    List<RowWrite> writes = new ArrayList<>();
    for (Draw draw : draws) {
      writes.add(CollectionRows.taken(order.merchant(), draw.collection(), draw.amount()));
      writes.add(
          RowWrite.of(
              "disbursement source",
              DRAW,
              order.merchant(),
              order.id(),
              draw.collection(),
              draw.amount()));
    }
    return writes;
  }

  /** The writes that give the draws of a failed disbursement back to their collections. */
  List<RowWrite> restore(Order order) {
    return jdbc.sql(
            """
            SELECT collection_id, amount FROM disbursement_source
            WHERE merchant_id = ? AND order_id = ? ORDER BY collection_id
            """)
        .params(order.merchant(), order.id())
        .query((row, _) ->
            CollectionRows.restored(
                order.merchant(), row.getLong("collection_id"), row.getLong("amount")))
        .list();
  }

  Disbursement of(Order order) {
    return jdbc.sql("SELECT * FROM disbursement WHERE merchant_id = ? AND order_id = ?")
        .params(order.merchant(), order.id())
        .query(DisbursementRows::read)
        .single();
  }

  private static Disbursement read(ResultSet row, int number) throws SQLException {
    return new Disbursement(
        Trade.ofDisbursement(row.getString("trade_code")),
        new Ware(row.getInt("goods_type"), row.getString("goods_no")),
        target(row),
        (Long) row.getObject("hold"));
  }

  private static Disbursement.@Nullable Target target(ResultSet row) throws SQLException {
    Long card = (Long) row.getObject("card_id");
    if (card == null) {
      return null;
    }
    return new Disbursement.Target(
        new Payee(card, row.getString("union_bank")),
        Money.ofFen(row.getLong("card_amount")),
        Speed.valueOf(row.getString("speed")));
  }
}
