package io.tongbao.server.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.PostingLedger;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the ledger on the application's connections. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
  /** One, because fees make all payments meet in one account. */
  private static final int POSTERS = 1;

  @Bean(destroyMethod = "close")
  Ledger ledger(DataSource source, MeterRegistry meters) {
    return new PostingLedger(source, meters, POSTERS);
  }

  @Bean
  Accounts accounts(DataSource source) {
    return new Accounts(source);
  }
}
