package io.tongbao.server.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Audit;
import io.tongbao.ledger.Invariant;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.LedgerInvariants;
import io.tongbao.ledger.PostingLedger;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
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

  /** The ledger's own invariants, and those that other packages bring. */
  @Bean
  Audit audit(DataSource source, ObjectProvider<Invariant> others) {
    List<Invariant> all = new ArrayList<>(LedgerInvariants.all());
    others.orderedStream().forEach(all::add);
    return new Audit(source, all);
  }

  @Bean
  Accounts accounts(DataSource source) {
    return new Accounts(source);
  }
}
