package io.tongbao.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

  /** §6.22: to these banks money goes without a 支付行号; a credit card of each of the first 12. */
  @ParameterizedTest
  @CsvSource({
    "6222021234567000009, 6222301234567007, 中国工商银行, 1020000",
    "6228481234567000009, 6228361234567005, 中国农业银行, 1030000",
    "6216611234567000007, 6253331234567006, 中国银行, 1040000",
    "6217001234567000003, 6253621234567000, 中国建设银行, 1050000",
    "6226901234567000, 6226801234567002, 中信银行, 3020000",
    "6226601234567006, 6226501234567008, 光大银行, 3030000",
    "6226301234567003, 6226361234567007, 华夏银行, 3040000",
    "6222981234567006, 6221551234567008, 平安银行, 4105840",
    "6225881234567005, 6225751234567000, 招商银行, 3080000",
    "622908123456700008, 6229011234567005, 兴业银行, 3090000",
    "6225211234567005, 6225001234567000, 浦发银行, 3100000",
    "6221881234567000000, 6228121234567003, 中国邮政储蓄银行, 1000000",
    "6223181234567002, , 宁波银行, 4083320",
    "6223051234567007, , 南京银行, 4243010",
    "622906123456700000, , 农信湖南, 14385500",
  })
  void knowsTheBanksOfTheSpecification(
      String debit, @Nullable String credit, String name, String code) {
    CardBin card = production.find(new Secret(debit)).orElseThrow();
    assertThat(card.type()).isEqualTo(CardType.DEBIT);
    assertThat(card.bankName()).isEqualTo(name);
    assertThat(card.bankCode()).isEqualTo(code);
    assertThat(card.direct()).isTrue();
    if (credit != null) {
      CardBin other = production.find(new Secret(credit)).orElseThrow();
      assertThat(other.type()).isEqualTo(CardType.CREDIT);
      assertThat(other.bankCode()).isEqualTo(code);
    }
  }

  @Test
  void thePrintedNumbersAreTestCards() throws IOException {
    String register = Files.readString(Path.of("../docs/faces/escrow.md"));
    List<String> printed =
        Pattern.compile("62284[89][0-9]{13}")
            .matcher(register)
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(printed).hasSizeGreaterThanOrEqualTo(5);
    assertThat(printed)
        .allSatisfy(number -> {
          assertThat(sandbox.find(new Secret(number))).isPresent();
          assertThat(checkSum(number) % 10).as(number).isZero();
        });
  }

  private static int checkSum(String number) {
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(number.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum;
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
