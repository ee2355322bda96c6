package io.tongbao.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradeTest {

  @ParameterizedTest
  @CsvSource({
    "1001,2001",
    "1002,2002",
    "1003,2003",
    "1004,2004",
    "1005,2005",
    "1006,2006",
    "1007,2007",
    "3001,4001",
    "3002,4002"
  })
  void pairsAreThoseOfTheSpecification(String collection, String disbursement) {
    assertThat(Trade.ofCollection(collection)).isEqualTo(Trade.ofDisbursement(disbursement));
    assertThat(Trade.ofCollection(collection).collection()).isEqualTo(collection);
    assertThat(Trade.ofCollection(collection).disbursement()).isEqualTo(disbursement);
  }

  @Test
  void thereAreNoOthers() {
    assertThat(Trade.values()).hasSize(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001", "4001", "1008", "3003", "", "１００１", " 1001", "0"})
  void whatDoesNotCollectIsRefused(String code) {
    assertThatThrownBy(() -> Trade.ofCollection(code)).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001", "3001", "2008", "4003", "", "2001 "})
  void whatDoesNotDisburseIsRefused(String code) {
    assertThatThrownBy(() -> Trade.ofDisbursement(code)).isInstanceOf(Refusal.class);
  }
}
