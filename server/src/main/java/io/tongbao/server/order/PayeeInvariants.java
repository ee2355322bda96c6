package io.tongbao.server.order;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What is always true of orders and the members and cards that they are for. An order is dated with
 * the moment at which its request came in, and so is what happens to a member or a card: one that
 * was being served while the other came is not counted, for ten seconds.
 */
@Configuration(proxyBeanMethods = false)
class PayeeInvariants {

  /** Where money went out to, with the time at which it was asked for; 0 is a company's account. */
  private static final String PAID_OUT =
      """
      SELECT o.merchant_id, o.id AS order_id, o.member_id, o.created_at, d.card_id
        FROM (SELECT merchant_id, order_id, card_id FROM withdrawal
              UNION ALL
              SELECT merchant_id, order_id, card_id FROM disbursement WHERE card_id IS NOT NULL) d
        JOIN orders o ON o.merchant_id = d.merchant_id AND o.id = d.order_id
      """;

  @Bean
  Invariant moneyGoesToTheMembersOwnCards() {
    return new Invariant(
        "I-24",
        "money goes out to a bound and passed debit card of the same member",
        """
        SELECT p.order_id, p.card_id, c.member_id
          FROM (%s) p
          LEFT JOIN bank_card c ON c.merchant_id = p.merchant_id AND c.id = p.card_id
         WHERE p.card_id <> 0
           AND (c.member_id IS DISTINCT FROM p.member_id OR c.type <> 'DEBIT'
                OR c.approval <> 'PASSED' OR c.bound_at > p.created_at + interval '10 seconds'
                OR c.unbound_at < p.created_at - interval '10 seconds')
        """
            .formatted(PAID_OUT));
  }

  @Bean
  Invariant companiesAccountsBelongToCompanies() {
    return new Invariant(
        "I-24",
        "money goes out to a company's own account only where the member is an audited company",
        """
        SELECT p.order_id, p.member_id
          FROM (%s) p
          LEFT JOIN company c ON c.merchant_id = p.merchant_id AND c.member_id = p.member_id
         WHERE p.card_id = 0 AND c.audit IS DISTINCT FROM 'PASSED'
        """
            .formatted(PAID_OUT));
  }

  @Bean
  Invariant moneyGoesToTheSafeCard() {
    return new Invariant(
        "I-24",
        "where a member had a safe card, money went out to no other",
        """
        SELECT p.order_id, p.card_id, s.id AS safe_card
          FROM (%s) p
          JOIN bank_card s ON s.merchant_id = p.merchant_id AND s.member_id = p.member_id
                          AND s.safe AND s.safe_at < p.created_at - interval '10 seconds'
         WHERE p.card_id NOT IN (0, s.id)
        """
            .formatted(PAID_OUT));
  }

  @Bean
  Invariant lockedMembersOpenNoOrders() {
    return new Invariant(
        "I-35",
        "no order is opened by or for a member who is locked",
        """
        SELECT o.id AS order_id, o.member_id, l.at AS locked_at, o.created_at
          FROM member_lock l
          JOIN orders o ON o.merchant_id = l.merchant_id AND o.member_id = l.member_id
                       AND o.created_at > l.at + interval '10 seconds'
         WHERE l.locked
           AND NOT EXISTS (
             SELECT FROM member_lock u
              WHERE u.merchant_id = l.merchant_id AND u.member_id = l.member_id
                AND NOT u.locked AND u.id > l.id AND u.at <= o.created_at)
        """);
  }
}
