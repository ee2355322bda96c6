package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tongbao.ledger.PostingLedger;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The ledger does not open on a database that can lose what was answered. */
class LedgerConfigurationTest {
  private final LedgerConfiguration configuration = new LedgerConfiguration();
  private final TestDatabase fresh = TestDatabase.create();

  @Test
  void refusesSettingsThatLosePayments() {
    assertThatThrownBy(() -> open("-c role=tongbao_app -c synchronous_commit=off"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("synchronous_commit is off");
  }

  @Test
  void refusesARoleThatMayChangeTheJournal() {
    assertThatThrownBy(() -> open(""))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("the role may UPDATE entry");
  }

  @Test
  void opensOtherwise() {
    assertThatCode(() -> open("-c role=tongbao_app")).doesNotThrowAnyException();
  }

  private void open(String options) {
    PGSimpleDataSource source = fresh.address().owner();
    source.setOptions(options);
    var ledger = (PostingLedger) configuration.ledger(source, new SimpleMeterRegistry());
    ledger.close();
  }
}
