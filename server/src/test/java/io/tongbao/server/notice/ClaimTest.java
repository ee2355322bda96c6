package io.tongbao.server.notice;

import static io.tongbao.server.notice.NoticeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Timestamp;
import org.junit.jupiter.api.Test;

/** What a claim costs does not depend on how much waits. */
class ClaimTest {
  private static final int WAITING = 1_000;

  /** More than it takes for the driver, and then the database, to keep a plan. */
  private static final int CLAIMS = 30;

  private static final int READ_BY_ONE = 40;

  /** A plan is kept by its connection, and may have been made while next to nothing waited. */
  @Test
  void aQueueThatFillsAtOnceIsNotReadWholeByEachClaim() throws IOException {
    try (NoticeBench bench = new NoticeBench()) {
      arrive(bench, 5);
      bench.database.sql("ANALYZE notice, notice_endpoint").update();
      arrive(bench, WAITING);
      long before = read(bench);
      for (int i = 0; i < CLAIMS; i++) {
        var claimed = bench.rows.claim(1, NOON.plusSeconds(10), 64);
        assertThat(claimed).hasSize(4);
        claimed.forEach(one -> done(bench, one.notice().id()));
      }
      assertThat(read(bench) - before).isLessThan(CLAIMS * READ_BY_ONE);
    }
  }

  private static void arrive(NoticeBench bench, int count) {
    bench
        .database
        .sql(
            """
            INSERT INTO news (id, merchant_id, event, subject, url, facts, happened_at)
            SELECT ? + n, 1, 'test', n, 'http://127.0.0.1:1/', '{}', ? FROM generate_series(1, ?) n
            """)
        .params((long) count * WAITING, Timestamp.from(NOON), count)
        .update();
    while (bench.gather() > 0) {}
  }

  private static void done(NoticeBench bench, long id) {
    bench.database.sql("DELETE FROM notice WHERE merchant_id = 1 AND id = ?").param(id).update();
  }

  /** How many rows of notices were read until now. */
  private static long read(NoticeBench bench) {
    bench.database.sql("SELECT pg_stat_force_next_flush()").query((_, _) -> true).list();
    return bench
        .database
        .sql(
            """
            SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
              FROM pg_stat_user_tables WHERE relname = 'notice'
            """)
        .query((row, _) -> row.getLong(1))
        .single();
  }
}
