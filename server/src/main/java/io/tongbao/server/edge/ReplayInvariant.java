package io.tongbao.server.edge;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is true of the replay guard at any time. THREATS §0. */
@Configuration(proxyBeanMethods = false)
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
}
