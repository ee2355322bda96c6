package io.tongbao.server.escrow.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.recon.DayBook;
import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The days of an application as its check files would tell them: each is what the journal says of
 * it, so that its file can be cut. Specification §4.3.2.
 */
record CheckedDays(DayBook file, DataSource source, JdbcClient jdbc) {
  static CheckedDays of(ApplicationContext context) {
    return new CheckedDays(
        context.getBean("checkFile", DayBook.class),
        context.getBean(DataSource.class),
        context.getBean(JdbcClient.class));
  }

  void assertCanBeCut(Merchant merchant) {
    jdbc.sql(
            """
            SELECT DISTINCT (finished_at AT TIME ZONE 'Asia/Shanghai')::date FROM orders
            WHERE merchant_id = ? AND finished_at IS NOT NULL
            """)
        .param(merchant.id())
        .query(LocalDate.class)
        .list()
        .forEach(day -> assertCanBeCut(merchant, day));
  }

  private void assertCanBeCut(Merchant merchant, LocalDate day) {
    try (Connection snapshot = source.getConnection()) {
      snapshot.setAutoCommit(false);
      snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(file.write(snapshot, merchant, day, Writer.nullWriter()).toString())
          .as("the file of " + day + " beside the journal")
          .isEqualTo(file.journal(snapshot, merchant, day).toString());
      snapshot.rollback();
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
