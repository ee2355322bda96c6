package io.tongbao.server.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the held payouts whose cause has ended, the oldest first. Those that go on waiting are
 * passed over here, however many they are: nobody stands behind a payout that waits for something
 * else.
 */
@Component
final class HeldRows {
  /** Of each account the oldest ones as far as its money goes; what does not fit ends the row. */
  private static final String FUNDED =
      """
      SELECT h.id
        FROM payout_broker b
       CROSS JOIN LATERAL (VALUES ('BANKCARD', b.bankcard_account), ('ALIPAY', b.alipay_account),
                                  ('WXPAY', b.wxpay_account)) AS purse (channel, account)
        JOIN account a ON a.id = purse.account
       CROSS JOIN LATERAL (
         SELECT id, sum(due) OVER (ORDER BY id) AS due
           FROM (SELECT p.id, p.pay + p.fee AS due FROM payout p
                  WHERE p.merchant_id = b.merchant_id AND p.status = 4 AND p.cause = 'BALANCE'
                    AND p.channel = purse.channel AND p.broker_id = b.id AND NOT p.staged
                  ORDER BY p.id LIMIT ?) oldest) h
       WHERE b.merchant_id = ? AND h.due <= a.balance - a.frozen
       ORDER BY h.id
      """;

  /** Row ids grow with time. */
  private static final String TOPPED_UP =
      """
      SELECT p.id FROM payout p
       WHERE p.merchant_id = ? AND p.status = 4 AND p.cause = 'BALANCE' AND p.staged
         AND EXISTS (SELECT FROM payout_topup t
                      WHERE t.merchant_id = p.merchant_id AND t.broker_id = p.broker_id
                        AND t.channel = p.channel AND t.id > p.id)
       ORDER BY p.id LIMIT ?
      """;

  private static final String IN_MONTH =
      """
      SELECT p.id
        FROM payout p
        JOIN payout_broker b ON b.merchant_id = p.merchant_id AND b.id = p.broker_id
        LEFT JOIN payout_month m
          ON m.merchant_id = p.merchant_id AND m.broker_id = p.broker_id AND m.month = ?
        LEFT JOIN payout_person_month n
          ON n.merchant_id = p.merchant_id AND n.broker_id = p.broker_id AND n.month = ?
         AND n.person_index = p.person_index
       CROSS JOIN LATERAL (
         SELECT coalesce(n.total, 0) AS person, coalesce(m.total, 0) AS total,
                coalesce(m.persons, 0) + (coalesce(n.total, 0) = 0)::int AS persons) so_far
       WHERE p.merchant_id = ? AND p.status = 4 AND p.cause IN ('TAX_AVERAGE', 'TAX_PERSON')
         AND NOT p.staged
         AND (b.month_highest IS NULL OR so_far.person + p.pay <= b.month_highest)
         AND (b.month_average IS NULL
              OR so_far.total + p.pay <= b.month_average::numeric * so_far.persons)
       ORDER BY p.id LIMIT ?
      """;

  /** Each change of a row gives it another xmin; each of a person's total one of its month's. */
  private static final String ROOM =
      """
      SELECT coalesce(string_agg(
               concat_ws(' ', b.id, b.xmin, m.month, m.xmin), ', ' ORDER BY b.id), '')
        FROM payout_broker b
        LEFT JOIN payout_month m
          ON m.merchant_id = b.merchant_id AND m.broker_id = b.id AND m.month = ?
       WHERE b.merchant_id = ?
      """;

  private final JdbcClient jdbc;

  HeldRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether there are any. */
  boolean any(int merchant) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM payout WHERE merchant_id = ? AND status = 4)")
        .param(merchant)
        .query(Boolean.class)
        .single();
  }

  /** Row ids of those whose time is over. */
  List<Long> over(int merchant, Instant now, int limit) {
    return jdbc.sql(
            """
            SELECT id FROM payout WHERE merchant_id = ? AND status = 4 AND hold_until <= ?
            ORDER BY id LIMIT ?
            """)
        .params(merchant, Timestamp.from(now), limit)
        .query(HeldRows::id)
        .list();
  }

  /** Row ids of those that wait for a channel, with nobody knowing until when. */
  List<Long> maintained(int merchant, PayoutChannel channel, int limit) {
    return jdbc.sql(
            """
            SELECT id FROM payout
            WHERE merchant_id = ? AND status = 4 AND cause = 'MAINTENANCE' AND channel = ?
              AND hold_until IS NULL
            ORDER BY id LIMIT ?
            """)
        .params(merchant, channel.name(), limit)
        .query(HeldRows::id)
        .list();
  }

  /** What the limits of this month have room for cannot change while this does not. */
  String room(int merchant, LocalDate month) {
    return jdbc.sql(ROOM).params(month, merchant).query(String.class).single();
  }

  /** Row ids of those that the limits of this month have room for. */
  List<Long> inMonth(int merchant, LocalDate month, int limit) {
    return jdbc.sql(IN_MONTH).params(month, month, merchant, limit).query(HeldRows::id).list();
  }

  /** Row ids of those that their account suffices for. */
  List<Long> funded(int merchant, int limit) {
    return jdbc.sql(FUNDED).params(limit, merchant).query(HeldRows::id).list();
  }

  /** Row ids of those that only wait for a top-up, which came. */
  List<Long> toppedUp(int merchant, int limit) {
    return jdbc.sql(TOPPED_UP).params(merchant, limit).query(HeldRows::id).list();
  }

  private static long id(ResultSet row, int number) throws SQLException {
    return row.getLong(1);
  }
}
