package io.tongbao.server.edge;

import io.tongbao.ledger.Invariant;
import io.tongbao.server.boot.Retention;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true of the replay guard and of evidence at any time. THREATS §0, T3-2. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvidenceSettings.class)
class ReplayInvariant {

  /** The index is the guard: a message takes effect only with the row that it lets in. */
  @Bean
  Invariant messagesTakeEffectOnce() {
    return new Invariant(
        "I-32",
        "no message has two rows, and so no two effects",
        """
        SELECT face, merchant_id, digest, count(*) AS rows
          FROM replay_guard GROUP BY face, merchant_id, digest HAVING count(*) > 1
        UNION ALL
        SELECT 'no unique index on (face, merchant_id, digest)', NULL, NULL, 0
         WHERE NOT EXISTS (
           SELECT FROM pg_index i
            WHERE i.indrelid = 'replay_guard'::regclass AND i.indisunique AND i.indisvalid
              AND pg_get_indexdef(i.indexrelid) LIKE '%(face, merchant_id, digest)')
        """);
  }

  /**
   * Of the last hour, which several audits see, and one message at a time by the key: over all of
   * evidence it would take too long.
   */
  @Bean
  Invariant whatWasAnsweredIsKept() {
    return new Invariant(
        "I-32",
        "what was answered, and may have had an effect, is kept as it was signed",
        """
        SELECT face, merchant_id, digest, operation FROM replay_guard g
         WHERE answer IS NOT NULL AND lease_until > now() - interval '1 hour'
           AND (SELECT count(*) FROM evidence e
                 WHERE e.merchant_id = g.merchant_id AND e.digest = g.digest
                   AND e.received_at > now() - interval '2 hours') = 0
        """);
  }

  @Bean
  Retention evidenceIsKept(EvidenceSettings settings) {
    return new Retention("evidence", settings.kept());
  }
}
