package io.tongbao.server.recon;

import io.tongbao.ledger.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is always true of files that are published several times. */
@Configuration(proxyBeanMethods = false)
class LineFileInvariants {

  @Bean
  Invariant publishedLinesStay() {
    return new Invariant(
        "I-22",
        "a line that was published and not open says the same in each later publication",
        """
        SELECT later.merchant_id, later.kind, later.day, later.row_key, later.generation
        FROM line_file_row earlier
        JOIN line_file_row later USING (merchant_id, kind, day, row_key)
        WHERE later.generation > earlier.generation AND NOT earlier.open
        """);
  }

  @Bean
  Invariant publishedLinesComeAgain() {
    return new Invariant(
        "I-22",
        "the newest publication of a day has all lines that were ever published of it",
        """
        SELECT f.merchant_id, f.kind, f.day, f.generation, f.lines, r.lines AS published
        FROM (SELECT DISTINCT ON (merchant_id, kind, day) *
              FROM line_file ORDER BY merchant_id, kind, day, generation DESC) f
        FULL JOIN (
          SELECT merchant_id, kind, day, count(DISTINCT row_key) AS lines
          FROM line_file_row GROUP BY merchant_id, kind, day) r USING (merchant_id, kind, day)
        WHERE f.lines IS DISTINCT FROM coalesce(r.lines, 0)
        """);
  }
}
