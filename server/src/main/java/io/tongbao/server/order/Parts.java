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

/** What orders are paid with: reads, and makes the row writes of, {@code order_part}. */
@Component
public final class Parts {
  /** In conflict: the part has been held, asked for or given back meanwhile. */
  public static final String PART = "order part";

  private static final String INSERT =
      """
      INSERT INTO order_part (merchant_id, order_id, seq, way, account, amount, card_id, detail,
        hold, request)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
      """;

  private static final String HOLD =
      """
      UPDATE order_part SET hold = ?
      WHERE merchant_id = ? AND order_id = ? AND seq = ? AND hold IS NULL
      """;

  private static final String ASK =
      """
      UPDATE order_part SET request = ?
      WHERE merchant_id = ? AND order_id = ? AND seq = ? AND request IS NULL
      """;

  private static final String GIVE_BACK =
      """
      UPDATE order_part SET refunded = refunded + ?
      WHERE merchant_id = ? AND order_id = ? AND seq = ? AND refunded + ? BETWEEN 0 AND amount
      """;

  private final JdbcClient jdbc;

  Parts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The order's parts in the order in which the merchant's request was read. */
  public List<Part> of(Order order) {
    return jdbc.sql(
            """
            SELECT * FROM order_part WHERE merchant_id = ? AND order_id = ? ORDER BY seq
            """)
        .params(order.merchant(), order.id())
        .query(Parts::read)
        .list();
  }

  /** The writes that add the parts of a new order. */
  public static List<RowWrite> open(Order order, List<Part> parts) {
    List<RowWrite> writes = new ArrayList<>();
    for (Part part : parts) {
      writes.add(
          RowWrite.of(
              PART,
              INSERT,
              order.merchant(),
              order.id(),
              part.seq(),
              part.way().name(),
              part.account(),
              part.amount().fen(),
              part.card(),
              part.detail(),
              part.hold(),
              part.request()));
    }
    return writes;
  }

  /** The write that notes the hold on an inner part; it has one at most. */
  public static RowWrite held(Order order, Part part, long hold) {
    return RowWrite.of(PART, HOLD, hold, order.merchant(), order.id(), part.seq());
  }

  /** The write that notes the channel request of an outer part; it has one at most. */
  public static RowWrite asked(Order order, Part part, long request) {
    return RowWrite.of(PART, ASK, request, order.merchant(), order.id(), part.seq());
  }

  /**
   * The write that counts fen of a part as given back, or (negative) as not given back after all.
   */
  public static RowWrite givenBack(Order order, Part part, Money amount) {
    return RowWrite.of(
        PART, GIVE_BACK, amount.fen(), order.merchant(), order.id(), part.seq(), amount.fen());
  }

  private static Part read(ResultSet row, int number) throws SQLException {
    return new Part(
        row.getInt("seq"),
        Way.valueOf(row.getString("way")),
        row.getLong("account"),
        Money.ofFen(row.getLong("amount")),
        number(row, "card_id"),
        row.getString("detail"),
        number(row, "hold"),
        number(row, "request"),
        Money.ofFen(row.getLong("refunded")));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    return (Long) row.getObject(column);
  }
}
