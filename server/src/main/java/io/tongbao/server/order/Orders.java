package io.tongbao.server.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The orders and their paths. Reads, and makes the row writes that a {@link
 * io.tongbao.ledger.Change} takes along: this is the only text that writes {@code orders} and
 * {@code order_event}.
 */
@Component
public final class Orders {
  /** In conflict: the merchant has used the order's number before. */
  public static final String NEW = "new order";

  /** In conflict: something was decided about the order since the decision read it. */
  public static final String STATE = "order state";

  /** In conflict: less of the order is left to give back than was asked for. */
  public static final String ROOM = "order room";

  private static final String EVENT_ROW = "order event";

  private static final String SELECT = "SELECT * FROM orders ";

  private static final String INSERT =
      """
      INSERT INTO orders (merchant_id, id, kind, number, order_no, state, member_id, account,
        amount, fee, confirmation, back_url, front_url, summary, extend_info, industry_code,
        industry_name, source, goods_name, goods_desc, batch_no, fingerprint, created_at,
        expires_at, finished_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String MOVE =
      """
      UPDATE orders SET state = ?, failure = coalesce(?, failure),
        finished_at = coalesce(finished_at, ?), version = version + 1
      WHERE merchant_id = ? AND id = ? AND version = ?
      """;

  private static final String TOUCH =
      """
      UPDATE orders SET version = version + 1 WHERE merchant_id = ? AND id = ? AND version = ?
      """;

  private static final String OPENED =
      """
      INSERT INTO order_event (merchant_id, order_id, seq, to_state, cause, at)
      VALUES (?, ?, 1, ?, 'opened', ?)
      """;

  private static final String EVENT =
      """
      INSERT INTO order_event (merchant_id, order_id, seq, from_state, to_state, cause, at)
      SELECT p.merchant, p.id, coalesce(max(e.seq), 0) + 1, p.from_state, p.to_state, p.cause,
        greatest(p.at, max(e.at))
      FROM (VALUES (?::int, ?::bigint, ?::text, ?::text, ?::text, ?::timestamptz))
        AS p (merchant, id, from_state, to_state, cause, at)
      LEFT JOIN order_event e ON e.merchant_id = p.merchant AND e.order_id = p.id
      GROUP BY p.merchant, p.id, p.from_state, p.to_state, p.cause, p.at
      """;

  private static final String RESERVE =
      """
      UPDATE orders SET refunded = refunded + ?, fee_refunded = fee_refunded + ?
      WHERE merchant_id = ? AND id = ? AND refunded + ? <= amount AND fee_refunded + ? <= fee
        AND state IN ('SUCCEEDED', 'REFUNDED')
      """;

  private static final String RELEASE =
      """
      UPDATE orders SET refunded = refunded - ?, fee_refunded = fee_refunded - ?
      WHERE merchant_id = ? AND id = ? AND refunded >= ? AND fee_refunded >= ?
      """;

  private final JdbcClient jdbc;

  Orders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The order with the merchant's own number. */
  public Optional<Order> find(Merchant merchant, String number) {
    return jdbc.sql(SELECT + "WHERE merchant_id = ? AND number = ?")
        .params(merchant.id(), number)
        .query(Orders::read)
        .optional();
  }

  /** The order with our number, which is on the cashier's and the bank's pages. */
  public Optional<Order> byOrderNo(Merchant merchant, String orderNo) {
    return jdbc.sql(SELECT + "WHERE merchant_id = ? AND order_no = ?")
        .params(merchant.id(), orderNo)
        .query(Orders::read)
        .optional();
  }

  /**
   * The member's order with the merchant's own number; refuses where there is none or it is of
   * another member.
   */
  public Order require(Merchant merchant, long member, String number) {
    Order order =
        find(merchant, number).orElseThrow(() -> Refusal.of(Reason.ORDER_UNKNOWN, "bizOrderNo"));
    if (order.member() != member) {
      throw Refusal.of(Reason.ORDER_OF_ANOTHER_MEMBER, "bizOrderNo");
    }
    return order;
  }

  public Order byId(int merchant, long id) {
    return jdbc.sql(SELECT + "WHERE merchant_id = ? AND id = ?")
        .params(merchant, id)
        .query(Orders::read)
        .single();
  }

  /** Unpaid orders whose time has run out, the oldest first. */
  public List<Order> expired(Merchant merchant, Instant now, int limit) {
    return jdbc.sql(
            SELECT
                + """
                WHERE merchant_id = ? AND state = 'UNPAID' AND expires_at <= ?
                ORDER BY expires_at LIMIT ?
                """)
        .params(merchant.id(), Timestamp.from(now), limit)
        .query(Orders::read)
        .list();
  }

  /** The writes that open an order. In conflict over {@link #NEW} where the number is taken. */
  public List<RowWrite> open(Order order) {
    return List.of(
        insertion(order),
        RowWrite.of(
            EVENT_ROW,
            OPENED,
            order.merchant(),
            order.id(),
            order.state().name(),
            order.createdAt()));
  }

  /**
   * The writes that move an order by an event that {@link Life} lets move it. In conflict over
   * {@link #STATE} where something was decided about it since it was read.
   */
  public List<RowWrite> move(Order order, Event event, Instant at) {
    if (!(Life.step(order.state(), event) instanceof Life.Move move)) {
      throw new IllegalStateException(event + " does not move an order in " + order.state());
    }
    String failure = event instanceof Event.Declined declined ? declined.reason() : null;
    return List.of(
        RowWrite.of(
            STATE,
            MOVE,
            move.to().name(),
            failure,
            move.to().isFinal() ? at : null,
            order.merchant(),
            order.id(),
            order.version()),
        event(order, order.state(), move.to(), event.name(), at));
  }

  /**
   * The write that goes with a decision which leaves the order's state as it is. In conflict over
   * {@link #STATE} where something else was decided since it was read.
   */
  public RowWrite touch(Order order) {
    return RowWrite.of(STATE, TOUCH, order.merchant(), order.id(), order.version());
  }

  /**
   * The write that sets part of a succeeded order aside to be given back. In conflict over {@link
   * #ROOM} where less is left.
   */
  public RowWrite reserve(Order order, Money amount, Money fee) {
    return RowWrite.of(
        ROOM,
        RESERVE,
        amount.fen(),
        fee.fen(),
        order.merchant(),
        order.id(),
        amount.fen(),
        fee.fen());
  }

  /** The write that undoes {@link #reserve} after the giving back has failed. */
  public RowWrite release(Order order, Money amount, Money fee) {
    return RowWrite.of(
        ROOM,
        RELEASE,
        amount.fen(),
        fee.fen(),
        order.merchant(),
        order.id(),
        amount.fen(),
        fee.fen());
  }

  private static RowWrite insertion(Order order) {
    Order.Terms terms = order.terms();
    return RowWrite.of(
        NEW,
        INSERT,
        order.merchant(),
        order.id(),
        order.kind().name(),
        order.number(),
        order.orderNo(),
        order.state().name(),
        order.member(),
        order.account(),
        order.amount().fen(),
        order.fee().fen(),
        order.confirmation().name(),
        terms.backUrl(),
        terms.frontUrl(),
        terms.summary(),
        terms.extendInfo(),
        terms.industryCode(),
        terms.industryName(),
        terms.source(),
        terms.goodsName(),
        terms.goodsDesc(),
        terms.batchNo(),
        order.fingerprint().toArray(),
        order.createdAt(),
        order.expiresAt(),
        order.finishedAt());
  }

  private static RowWrite event(Order order, State from, State to, String cause, Instant at) {
    return RowWrite.of(
        EVENT_ROW, EVENT, order.merchant(), order.id(), from.name(), to.name(), cause, at);
  }

  private static Order read(ResultSet row, int number) throws SQLException {
    Timestamp finishedAt = row.getTimestamp("finished_at");
    return new Order(
        row.getInt("merchant_id"),
        row.getLong("id"),
        Kind.valueOf(row.getString("kind")),
        row.getString("number"),
        row.getString("order_no"),
        State.valueOf(row.getString("state")),
        row.getLong("member_id"),
        row.getLong("account"),
        Money.ofFen(row.getLong("amount")),
        Money.ofFen(row.getLong("fee")),
        Confirmation.valueOf(row.getString("confirmation")),
        Money.ofFen(row.getLong("refunded")),
        Money.ofFen(row.getLong("fee_refunded")),
        terms(row),
        Bytes.of(row.getBytes("fingerprint")),
        row.getString("failure"),
        row.getInt("version"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        finishedAt == null ? null : finishedAt.toInstant());
  }

  private static Order.Terms terms(ResultSet row) throws SQLException {
    return new Order.Terms(
        row.getString("back_url"),
        row.getString("front_url"),
        row.getString("summary"),
        row.getString("extend_info"),
        row.getString("industry_code"),
        row.getString("industry_name"),
        (Integer) row.getObject("source"),
        row.getString("goods_name"),
        row.getString("goods_desc"),
        row.getString("batch_no"));
  }
}
