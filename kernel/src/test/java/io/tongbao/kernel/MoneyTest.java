package io.tongbao.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts as strangers write them (THREATS T-X6). */
class MoneyTest {
  /** What amounts are made of, and what could be taken for it. */
  private static final String ALPHABET = "00011259999.,+-eE xX_'０１９．﹣−٣\u00a0\u200b\n\0";

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 100",
    "9, 900",
    "10, 1000",
    "0.0, 0",
    "0.1, 10",
    "0.01, 1",
    "0.10, 10",
    "0.09, 9",
    "0.99, 99",
    "1.00, 100",
    "12.3, 1230",
    "12.30, 1230",
    "100.5, 10050",
    "999999999, 99999999900",
    "999999999.9, 99999999990",
    "999999999.99, 99999999999"
  })
  void readsYuan(String text, long fen) {
    assertThat(Money.parseYuan(text)).isEqualTo(Money.ofFen(fen));
    assertThat(new BigDecimal(text).movePointRight(2).longValueExact()).isEqualTo(fen);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "9, 9",
    "10, 10",
    "100, 100",
    "999999999999, 999999999999",
    "1000000000000, 1000000000000",
    "9999999999999, 9999999999999"
  })
  void readsFen(String text, long fen) {
    assertThat(Money.parseFen(text)).isEqualTo(Money.ofFen(fen));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "-0",
        "+0",
        "-1",
        "+1",
        "-0.01",
        "+1.00",
        "--1",
        "1-",
        "1+",
        "00",
        "01",
        "00.1",
        "00100.00",
        "0001",
        "1.",
        "100.",
        ".1",
        ".01",
        "0.",
        "1..2",
        "1.2.3",
        "0.001",
        "0.000",
        "1.000",
        "12.345",
        "1.005",
        "1000000000",
        "1000000000.00",
        "9999999999.99",
        "99999999999999999999",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "1e5",
        "1E5",
        "1e-2",
        "1e+2",
        "0e0",
        "1e99999",
        "0x10",
        "0X1F",
        "1f",
        "1d",
        "1L",
        "0b1",
        "1_000",
        "1,000",
        "1,00",
        "1 000",
        " 1",
        "1 ",
        "1\t",
        "1\n",
        "\n1",
        "1\r\n",
        "1\0",
        "\0",
        "1\u00a0",
        "\u00a01",
        "1\u200b",
        "\u200b1",
        "\ufeff1",
        "１",
        "１００.00",
        "１００．００",
        "1．0",
        "1。0",
        "٣",
        "߁",
        "१",
        "一",
        "¹",
        "½",
        "Ⅷ",
        "−1",
        "﹣1",
        "－1",
        "＋1",
        "¥1",
        "1元",
        "￥1",
        "$1",
        "1%",
        "NaN",
        "Infinity",
        "-Infinity",
        "null",
        "true",
        "1;1",
        "1'",
        "1\"",
        "1/2",
        "(1)",
        "1=1",
        "０.01"
      })
  void refusesWhatIsNoYuan(String text) {
    assertThatThrownBy(() -> Money.parseYuan(text)).isInstanceOf(Refusal.class);
    if (!text.matches("[1-9][0-9]{9}")) { // ten digits are too much in yuan, not in fen
      assertThatThrownBy(() -> Money.parseFen(text)).isInstanceOf(Refusal.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0", "1.0", "1.00", "0.01", "10000000000000", "99999999999999"})
  void refusesWhatIsNoFen(String text) {
    assertThatThrownBy(() -> Money.parseFen(text)).isInstanceOf(Refusal.class);
  }

  /** Whatever is taken means what exact arithmetic says; whatever else there is is refused. */
  @Test
  void readsAsExactArithmeticDoesOrNotAtAll() {
    Pattern yuan = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,2})?");
    Pattern fen = Pattern.compile("0|[1-9][0-9]{0,12}");
    Random random = new Random(20261120);
    int taken = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = text(random);
      if (yuan.matcher(text).matches()) {
        taken++;
        long exact = new BigDecimal(text).movePointRight(2).longValueExact();
        assertThat(Money.parseYuan(text).fen()).as(text).isEqualTo(exact);
      } else {
        assertThat(isRefused(() -> Money.parseYuan(text))).as(text).isTrue();
      }
      if (fen.matcher(text).matches()) {
        assertThat(Money.parseFen(text).fen()).as(text).isEqualTo(Long.parseLong(text));
      } else {
        assertThat(isRefused(() -> Money.parseFen(text))).as(text).isTrue();
      }
    }
    assertThat(taken).isGreaterThan(1_000);
  }

  @Test
  void neverOverflows() {
    Money most = Money.ofFen(Long.MAX_VALUE);
    Money least = Money.ofFen(Long.MIN_VALUE);
    Money one = Money.ofFen(1);
    assertThatThrownBy(() -> most.plus(one)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> least.minus(one)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(least::negated).isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "1, 0.01",
    "-1, -0.01",
    "99, 0.99",
    "100, 1.00",
    "-150, -1.50",
    "1230, 12.30",
    "-5, -0.05",
    "9223372036854775807, 92233720368547758.07",
    "-9223372036854775808, -92233720368547758.08"
  })
  void writesYuanWithTwoDecimals(long fen, String text) {
    assertThat(Money.ofFen(fen).yuan()).isEqualTo(text);
  }

  private static String text(Random random) {
    int length = random.nextInt(1, 14);
    StringBuilder text = new StringBuilder();
    // Half of them digits and dots only, so that many are good.
    int letters = random.nextBoolean() ? 11 : ALPHABET.length();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(letters)));
    }
    return text.toString();
  }

  private static boolean isRefused(Runnable parse) {
    try {
      parse.run();
      return false;
    } catch (Refusal refused) {
      return true;
    }
  }
}
