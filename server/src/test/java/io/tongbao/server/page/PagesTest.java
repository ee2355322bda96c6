package io.tongbao.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Money;
import io.tongbao.server.boot.Profile;
import io.tongbao.server.boot.StartRefused;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What payers read, and where. */
class PagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"1;0.01", "99999;999.99", "100000;1,000.00", "123456789012;1,234,567,890.12"})
  void thousandsAreSetApart(long fen, String shown) {
    assertThat(Pages.amount(Money.ofFen(fen))).isEqualTo(shown);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"http://pay.example.com", "https:/pay.example.com", "pay.example.com"})
  void productionIsReachedByHttps(@Nullable URI base) {
    AddressSettings settings = new AddressSettings(base);
    assertThatThrownBy(() -> new OwnAddress(settings, Profile.PRODUCTION))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("tongbao.files.base-url");
    assertThat(new OwnAddress(settings, Profile.SANDBOX).of("/x")).endsWith("/x");
  }

  @Test
  void addressesBeginWithItsOwn() {
    AddressSettings settings = new AddressSettings(URI.create("https://pay.example.com/"));
    assertThat(new OwnAddress(settings, Profile.PRODUCTION).of("/x"))
        .isEqualTo("https://pay.example.com/x");
  }
}
