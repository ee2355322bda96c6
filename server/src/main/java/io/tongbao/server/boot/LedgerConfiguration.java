package io.tongbao.server.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.PostingLedger;
import io.tongbao.ledger.SafeSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the ledger on the application's connections. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerConfiguration.class);

  /** One, because fees make all payments meet in one account. */
  private static final int POSTERS = 1;

  @Bean(destroyMethod = "close")
  Ledger ledger(DataSource source, MeterRegistry meters) {
    refuseUnsafeDatabase(source);
    return new PostingLedger(source, meters, POSTERS);
  }

  private static void refuseUnsafeDatabase(DataSource source) {
    try (Connection connection = source.getConnection()) {
      SafeSettings.Findings findings = SafeSettings.check(connection);
      if (!findings.violations().isEmpty()) {
        throw new StartRefused(
            "The database is not safe for money (" + String.join(", ", findings.violations()) + ")",
            "say on in postgresql.conf and reload, or take the right from the role;"
                + " docs/decisions/0005 says why");
      }
      if (!findings.checksums()) {
        LOG.warn("The database has no data checksums: it would not notice what a disk spoils");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database's settings could not be read", e);
    }
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  Slices slices(DataSource source, Clock clock, List<Retention> retentions) {
    return new Slices(source, clock, retentions);
  }

  @Bean
  Accounts accounts(DataSource source) {
    return new Accounts(source);
  }
}
