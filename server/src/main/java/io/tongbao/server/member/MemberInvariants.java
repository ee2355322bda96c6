package io.tongbao.server.member;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is always true of members, their cards and their codes. */
@Configuration(proxyBeanMethods = false)
class MemberInvariants {

  @Bean
  Invariant cardsWithinTheirLimits() {
    return new Invariant(
        "I-24",
        "A member has at most one safe card, one personal card and ten for 新移动.",
        """
        SELECT merchant_id, member_id, count(*) FILTER (WHERE safe) AS safe,
               count(*) FILTER (WHERE personal) AS personal,
               count(*) FILTER (WHERE 'QUICKPAY' = ANY (methods)) AS quickpay
          FROM bank_card WHERE bound
         GROUP BY merchant_id, member_id
        HAVING count(*) FILTER (WHERE safe) > 1 OR count(*) FILTER (WHERE personal) > 1
            OR count(*) FILTER (WHERE 'QUICKPAY' = ANY (methods)) > 10
            OR count(*) <> count(DISTINCT number_index)
        """);
  }

  @Bean
  Invariant safeCardsStayAndArePersons() {
    return new Invariant(
        "I-24",
        "A safe card is a person's debit card and stays bound; a company's cards are personal.",
        """
        SELECT c.merchant_id, c.id AS card
          FROM bank_card c
          LEFT JOIN member m ON m.merchant_id = c.merchant_id AND m.id = c.member_id
         WHERE m.id IS NULL OR c.personal <> (m.type = 'COMPANY')
            OR c.safe AND (NOT c.bound OR c.type <> 'DEBIT' OR m.type <> 'PERSON')
        """);
  }

  @Bean
  Invariant codesWithinTheirLimits() {
    return new Invariant(
        "I-30",
        "A code is tried five times at most, lives five minutes, and is used once, in its time.",
        """
        SELECT merchant_id, id AS code, tries
          FROM one_time_code
         WHERE tries NOT BETWEEN 0 AND 5
            OR expires_at <> sent_at + interval '5 minutes'
            OR used_at IS NOT NULL AND (tries = 0 OR used_at >= expires_at OR used_at < sent_at)
        """);
  }

  @Bean
  Invariant codesOfMembers() {
    return new Invariant(
        "I-30",
        "A code belongs to a member of its merchant.",
        """
        SELECT c.merchant_id, c.id AS code
          FROM one_time_code c
          LEFT JOIN member m ON m.merchant_id = c.merchant_id AND m.id = c.member_id
         WHERE m.id IS NULL
        """);
  }

  @Bean
  Invariant nothingShown() {
    return new Invariant(
        "I-31",
        "No number of a card, an identity or a phone stands open.",
        """
        SELECT place, kind, times
          FROM shown_numbers(CASE WHEN :since = '-infinity' THEN 100000 ELSE 10000 END)
        """);
  }

  @Bean
  Invariant locksOnBothSides() {
    return new Invariant(
        "I-35",
        "A member is locked exactly when the account is, as the log of locks says.",
        """
        SELECT m.merchant_id, m.id AS member, m.locked, a.locked AS account, l.locked AS log
          FROM member m
          LEFT JOIN account a ON a.id = m.account AND a.merchant_id = m.merchant_id
                             AND a.owner_id = m.id
          LEFT JOIN LATERAL (SELECT locked FROM member_lock k
                              WHERE k.merchant_id = m.merchant_id AND k.member_id = m.id
                              ORDER BY k.id DESC LIMIT 1) l ON true
         WHERE a.locked IS DISTINCT FROM m.locked OR coalesce(l.locked, false) <> m.locked
        """);
  }
}
