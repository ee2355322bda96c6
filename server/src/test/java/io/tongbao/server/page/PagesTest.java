package io.tongbao.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What payers read. */
class PagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"1;0.01", "99999;999.99", "100000;1,000.00", "123456789012;1,234,567,890.12"})
  void thousandsAreSetApart(long fen, String shown) {
    assertThat(Pages.amount(Money.ofFen(fen))).isEqualTo(shown);
  }
}
