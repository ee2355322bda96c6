package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code collection}: what is left of each collecting order. */
@Component
final class CollectionRows {
  /** In conflict: others have drawn on the collection since it was read. */
  static final String REMAINDER = "collection";

  private static final String INSERT =
      """
      INSERT INTO collection (merchant_id, order_id, trade_code, goods_type, goods_no, remaining)
      VALUES (?, ?, ?, ?, ?, 0)
      """;

  private static final String FILL =
      """
      UPDATE collection SET remaining = ? WHERE merchant_id = ? AND order_id = ? AND remaining = 0
      """;

  private static final String CHANGE =
      """
      UPDATE collection SET remaining = remaining + ?
      WHERE merchant_id = ? AND order_id = ? AND remaining + ? >= 0
      """;

  private static final String OPEN =
      """
      SELECT order_id, remaining FROM collection
      WHERE merchant_id = ? AND trade_code = ? AND goods_type = ? AND goods_no = ?
        AND remaining > 0
      ORDER BY order_id LIMIT ?
      """;

  /** How many collections are read at first; few are enough for most disbursements. */
  private static final int FEW = 32;

  private final JdbcClient jdbc;

  CollectionRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What the money of a collecting order is for. */
  record Purpose(Trade trade, Ware ware) {
    /** Whether it counts against the limits of a bid. */
    boolean invests() {
      return trade.invests() && ware.isBid();
    }
  }

  Purpose purpose(Order order) {
    return jdbc.sql(
            """
            SELECT trade_code, goods_type, goods_no FROM collection
            WHERE merchant_id = ? AND order_id = ?
            """)
        .params(order.merchant(), order.id())
        .query((row, _) ->
            new Purpose(
                Trade.ofCollection(row.getString("trade_code")),
                new Ware(row.getInt("goods_type"), row.getString("goods_no"))))
        .single();
  }

  /** The write that says what is left of a collection when it has been paid. */
  static RowWrite filled(Order order) {
    return RowWrite.of(REMAINDER, FILL, order.net().fen(), order.merchant(), order.id());
  }

  /** The write that opens the collection of a new order; nothing is left of it until it is paid. */
  static RowWrite open(Order order, Trade trade, Ware ware) {
    return RowWrite.of(
        REMAINDER,
        INSERT,
        order.merchant(),
        order.id(),
        trade.collection(),
        ware.type(),
        ware.number());
  }

  /** What {@code need} fen would be drawn from, the earliest first; empty where there is less. */
  List<Draw> draw(Merchant merchant, Trade trade, Ware ware, long need) {
    for (int most = FEW; ; most = Math.multiplyExact(most, FEW)) {
      List<Draw> open = earliest(merchant, trade, ware, most);
      List<Draw> draws = Draw.of(need, open);
      if (!draws.isEmpty() || open.size() < most) {
        return draws;
      }
    }
  }

  private List<Draw> earliest(Merchant merchant, Trade trade, Ware ware, int most) {
    return jdbc.sql(OPEN)
        .params(merchant.id(), trade.collection(), ware.type(), ware.number(), most)
        .query((row, _) -> new Draw(row.getLong("order_id"), row.getLong("remaining")))
        .list();
  }

  /** Fen that are left of a collection: collected, and neither disbursed nor given back. */
  Money remaining(Order order) {
    return jdbc.sql("SELECT remaining FROM collection WHERE merchant_id = ? AND order_id = ?")
        .params(order.merchant(), order.id())
        .query((row, _) -> Money.ofFen(row.getLong("remaining")))
        .single();
  }

  /** The write that takes fen from what is left of a collection. */
  static RowWrite taken(int merchant, long collection, long fen) {
    return RowWrite.of(REMAINDER, CHANGE, -fen, merchant, collection, -fen);
  }

  /** The write that undoes {@link #taken} after the payment has failed. */
  static RowWrite restored(int merchant, long collection, long fen) {
    return RowWrite.of(REMAINDER, CHANGE, fen, merchant, collection, fen);
  }
}
