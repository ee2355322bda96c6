package io.tongbao.server.notice;

import io.tongbao.ledger.Invariant;
import java.util.stream.Collectors;
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

  /** Each form's own waits, in milliseconds. */
  private static final String GAPS =
      """
      SELECT * FROM (
        SELECT a.merchant_id, a.notice_id, a.attempt, a.scheduled,
               a.began_at - coalesce(
                 lag(a.ended_at) OVER (PARTITION BY a.merchant_id, a.notice_id ORDER BY a.attempt),
                 d.happened_at) AS waited,
               w.millis[count(*) FILTER (WHERE a.scheduled)
                          OVER (PARTITION BY a.merchant_id, a.notice_id ORDER BY a.attempt)]
                 * interval '1 ms' AS wait
        FROM notice_attempt a
        JOIN notice_done d ON d.merchant_id = a.merchant_id AND d.id = a.notice_id
        JOIN (VALUES :waits) AS w (event, millis) ON w.event = d.event) gaps
      WHERE scheduled AND waited < wait - interval '1 s'
      """;

  @Bean
  Invariant noticesKeepTheirSchedule(NoticeForms forms) {
    String waits =
        forms.byEvent().values().stream()
            .map(NoticeInvariants::waits)
            .sorted()
            .collect(Collectors.joining(", "));
    return new Invariant("I-25", "no attempt comes before its time", GAPS.replace(":waits", waits));
  }

  private static String waits(NoticeForm form) {
    return form.schedule().stream()
        .map(wait -> String.valueOf(wait.toMillis()))
        .collect(Collectors.joining(", ", "('" + form.event() + "', ARRAY[", "]::bigint[])"));
  }

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
