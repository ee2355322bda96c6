package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What logs may not show is not shown (THREATS T-X12). */
class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "card 6228480402637874214 bound | card 622848*********4214 bound",
        "card=6228480402637874214,       | card=622848*********4214,",
        "visa 4111111111111111           | visa 411111******1111",
        "no card 4111111111111112        | no card 4111111111111112",
        "row 845123459912345678          | row 845123459912345678",
        "id 110101199003070935           | id 110101********0935",
        "id 11010119900307093X here      | id 110101********093X here",
        "id 11010119900307093x           | id 110101********093x",
        "phone 13812345678               | phone 138****5678",
        "phone\"13812345678\"            | phone\"138****5678\"",
        "sysid 100000000001              | sysid 100000000001",
        "order 20260301000000000001      | order 20260301000000000001",
        "trace ca69259aec001b7           | trace ca69259aec001b7",
        "2026-03-01 12:00:00             | 2026-03-01 12:00:00"
      })
  void masksNumbers(String text, String safe) {
    assertThat(Redaction.line(text)).isEqualTo(safe);
  }

  @Test
  void dropsKeysAndSignatures() {
    assertThat(Redaction.line("sign=" + "aB3+/".repeat(60) + "== ok"))
        .isEqualTo("sign=[300 characters]== ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\rb",
        "a\r\nERROR b",
        "a\u001b[31mb",
        "a\u0000b",
        "a\u202eb",
        "a\u2028b",
        "a\u0085b"
      })
  void makesHiddenCharactersVisible(String text) {
    assertThat(Redaction.line(text))
        .doesNotContain("\n", "\r", "\u001b", "\u202e", "\u2028", "\u0085");
    assertThat(Redaction.line(text)).startsWith("a\\u").endsWith("b");
  }

  @Test
  void keepsTheLinesOfATrace() {
    assertThat(Redaction.lines("a 13812345678\n\tat b\u001b[0m"))
        .isEqualTo("a 138****5678\n\tat b\\u001b[0m");
  }

  @Test
  void cutsWhatIsTooLong() {
    assertThat(Redaction.line("x ".repeat(5_000))).hasSizeLessThan(4_010).endsWith("…");
  }
}
