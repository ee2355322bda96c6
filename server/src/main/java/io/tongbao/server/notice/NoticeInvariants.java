package io.tongbao.server.notice;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true of notices at any time. */
@Configuration(proxyBeanMethods = false)
class NoticeInvariants {
  private static final String LEASES =
      """
      SELECT merchant_id, id, lease_until FROM notice
      WHERE state = 'L' AND lease_until < now() - interval '60 s'
      """;

  private static final String EVIDENCE =
      """
      SELECT d.merchant_id, d.id AS notice, d.outcome, d.attempts,
             count(a.attempt) AS logged, count(a.attempt) FILTER (WHERE a.error IS NULL) AS done
      FROM notice_done d LEFT JOIN notice_attempt a
        ON a.merchant_id = d.merchant_id AND a.notice_id = d.id
      WHERE d.created_at > now() - interval '89 days'
      GROUP BY d.merchant_id, d.id, d.outcome, d.attempts
      HAVING count(a.attempt) <> d.attempts
          OR (d.outcome = 'DELIVERED') <> (count(a.attempt) FILTER (WHERE a.error IS NULL) > 0)
          OR (d.outcome = 'EXHAUSTED' AND d.attempts < 8)
      """;

  private static final String ATTEMPTS =
      """
      SELECT merchant_id, notice_id, count(*) AS attempts FROM notice_attempt
      WHERE scheduled GROUP BY merchant_id, notice_id HAVING count(*) > 8
      """;

  private static final String TWICE =
      """
      SELECT merchant_id, id FROM notice
      INTERSECT SELECT merchant_id, id FROM notice_done
      """;

  @Bean
  Invariant noticeLeasesEnd() {
    return new Invariant("I-36", "no notice stays leased after its lease", LEASES);
  }

  @Bean
  Invariant noticesHaveEvidence() {
    return new Invariant(
        "I-25", "a notice is done by a success that is logged, or by eight failures", EVIDENCE);
  }

  @Bean
  Invariant noticesAreTriedEightTimes() {
    return new Invariant("I-25", "no schedule has more than eight attempts", ATTEMPTS);
  }

  @Bean
  Invariant noticesAreWaitingOrDone() {
    return new Invariant("I-25", "a notice is waiting or done, not both", TWICE);
  }
}
