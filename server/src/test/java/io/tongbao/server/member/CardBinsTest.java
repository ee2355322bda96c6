package io.tongbao.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** What the first digits of a card tell, in production and in the sandbox. */
class CardBinsTest {
  private final CardBins production = new CardBins(new MockEnvironment());
  private final CardBins sandbox = new CardBins(sandboxEnvironment());

  @ParameterizedTest
  @CsvSource({
    "6222020000000000000, 1020000, DEBIT, true",
    "6228480402637874214, 1030000, DEBIT, true",
    "6228360000000000, 1030000, CREDIT, true",
    "622908000000000000, 3090000, DEBIT, true",
    "6222600000000000000, 3010000, DEBIT, false",
    "6226220000000000, 3050000, DEBIT, false",
  })
  void knowsBanks(String number, String bank, CardType type, boolean direct) {
    CardBin bin = production.find(new Secret(number)).orElseThrow();
    assertThat(bin.bankCode()).isEqualTo(bank);
    assertThat(bin.type()).isEqualTo(type);
    assertThat(bin.direct()).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9999990000000000000", "622202000000000000", "62", "62220200000000000000"})
  void doesNotKnowOthers(String number) {
    assertThat(production.find(new Secret(number))).isEmpty();
  }

  @Test
  void theSandboxKnowsTheTestCardsOnly() {
    assertThat(sandbox.find(new Secret("6222020000000000000"))).isEmpty();
    assertThat(sandbox.find(new Secret("622848000000000000"))).isEmpty();
    assertThat(sandbox.find(new Secret("6228480000000000000"))).isPresent();
    assertThat(sandbox.find(new Secret("6228499999999999999"))).isPresent();
  }

  @Test
  void theLongestBeginningWins() {
    assertThat(sandbox.find(new Secret("6228498866880000000")).orElseThrow().type())
        .isEqualTo(CardType.CREDIT);
    assertThat(sandbox.find(new Secret("6228498866870000000")).orElseThrow().type())
        .isEqualTo(CardType.DEBIT);
  }

  private static MockEnvironment sandboxEnvironment() {
    MockEnvironment environment = new MockEnvironment();
    environment.setActiveProfiles("sandbox");
    return environment;
  }
}
