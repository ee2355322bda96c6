package io.tongbao.server.channel;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true of channels at any time. */
@Configuration(proxyBeanMethods = false)
class ChannelInvariants {
  private static final String CLEARING =
      """
      SELECT a.merchant_id, a.set_no, a.balance,
             coalesce(r.fen, 0) + coalesce(t.fen, 0) AS settled
      FROM account a
      LEFT JOIN (
        SELECT merchant_id, 'clearing:' || channel AS set_no,
               sum(CASE act WHEN 'COLLECT' THEN -amount ELSE amount END)::bigint AS fen
        FROM channel_request WHERE state = 'SETTLED' GROUP BY merchant_id, channel) r
        ON r.merchant_id = a.merchant_id AND r.set_no = a.set_no
      LEFT JOIN (
        SELECT e.account_id, sum(e.amount)::bigint AS fen
        FROM ledger_txn x JOIN entry e ON e.txn_id = x.id
        WHERE x.kind IN ('sandbox.topup', 'payout.topup') GROUP BY e.account_id) t ON t.account_id = a.id
      WHERE a.owner_id = 0 AND a.set_no LIKE 'clearing:%'
        AND a.balance <> coalesce(r.fen, 0) + coalesce(t.fen, 0)
      """;

  private static final String LEASES =
      """
      SELECT merchant_id, id, lease_until FROM channel_request
      WHERE state IN ('WAITING', 'ASKED') AND lease_until < now() - interval '60 s'
      """;

  private static final String OPEN =
      """
      SELECT r.merchant_id, r.id AS request, r.state, o.state AS order_state
      FROM channel_request r
      JOIN orders o ON o.merchant_id = r.merchant_id AND o.id = r.order_id
      WHERE (r.state IN ('WAITING', 'ASKED')
             AND o.state IN ('SUCCEEDED', 'REFUNDED', 'FAILED', 'CLOSED'))
         OR (r.state IN ('SETTLED', 'RETURNED') AND o.state NOT IN ('SUCCEEDED', 'REFUNDED'))
         OR (r.state = 'DECLINED' AND r.act <> 'COLLECT' AND o.state <> 'FAILED')
      """;

  @Bean
  Invariant clearingAccountsAreWhatChannelsSettled() {
    return new Invariant(
        "I-27", "a clearing account holds what its channel settled, and nothing else", CLEARING);
  }

  @Bean
  Invariant channelLeasesEnd() {
    return new Invariant("I-36", "no channel request stays leased after its lease", LEASES);
  }

  @Bean
  Invariant channelRequestsFollowTheirOrders() {
    return new Invariant(
        "I-09", "an order is finished when what it asked of a channel is, and alike", OPEN);
  }
}
