package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 托管代收: members' money taken into the platform's intermediate account, where it waits to be
 * disbursed or given back. What is left of each order is kept beside it. Specification escrow
 * §4.2.5.
 */
@Component
public final class Collections {
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
      SELECT order_id, remaining
      FROM (SELECT order_id, remaining, sum(remaining) OVER (ORDER BY order_id) - remaining AS before
            FROM collection
            WHERE merchant_id = ? AND trade_code = ? AND goods_type = ? AND goods_no = ?
              AND remaining > 0) AS waiting
      WHERE before < ?
      ORDER BY order_id
      """;

  private final JdbcClient jdbc;
  private final Checkout checkout;
  private final PlatformAccounts platform;

  Collections(JdbcClient jdbc, Checkout checkout, PlatformAccounts platform) {
    this.jdbc = jdbc;
    this.checkout = checkout;
    this.platform = platform;
  }

  /** The account that collected money goes to. */
  public long receiver(Merchant merchant) {
    return platform.of(merchant, PlatformAccounts.FORWARD);
  }

  /** Opens a collection and sends the payer the code that confirms it. */
  public Order open(Draft draft, Trade trade, Ware ware) {
    if (ware.isBid()) {
      throw Refusal.of(Reason.GOODS_UNKNOWN, "goodsNo");
    }
    return checkout.open(draft, order -> List.of(open(order, trade, ware)));
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
    List<Draw> open =
        jdbc.sql(OPEN)
            .params(merchant.id(), trade.collection(), ware.type(), ware.number(), need)
            .query((row, _) -> new Draw(row.getLong("order_id"), row.getLong("remaining")))
            .list();
    return Draw.of(need, open);
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
