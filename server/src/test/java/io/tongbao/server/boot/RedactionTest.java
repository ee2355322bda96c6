package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.wire.payout.PayoutKeys;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What logs may not show is not shown (THREATS T-X12). */
class RedactionTest {
  private static final Set<Integer> HIDDEN =
      Set.of(
          (int) Character.FORMAT,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR);

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
        "phone +8613812345678            | phone +86138****5678",
        "at 1774003200000 ms             | at 1774003200000 ms",
        "old 9558800200123456788             | old 955880*********6788",
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
    Bytes digest = Bytes.utf8("x").sha256();
    assertThat(Redaction.line("sign=" + digest.hex() + "&x")).isEqualTo("sign=[64 characters]&x");
    assertThat(Redaction.line("appkey " + digest.hex().substring(32)))
        .isEqualTo("appkey [32 characters]");
    assertThat(Redaction.line("whsec_" + digest.base64())).isEqualTo("whsec_[43 characters]=");
    PayoutKeys keys = PayoutKeys.generate();
    assertThat(Redaction.line(keys.des3key().reveal() + " " + keys.appkey().reveal()))
        .isEqualTo("[24 characters] [32 characters]");
    String plain =
        "AnnotationConfigServletWebServerApplicationContext 20260301000000000001000000 beef";
    assertThat(Redaction.line(plain)).isEqualTo(plain);
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
        "a\u0085b",
        "a\u2029b",
        "a\u000bb",
        "a\u000cb",
        "a\u0008b",
        "a\u007fb",
        "a\u009b31mb",
        "a\u200bb",
        "a\u200fb",
        "a\u2066b",
        "a\ufeffb",
        "a\u00adb",
        "a\n{\"log.level\":\"ERROR\"}b",
        "a\r\n\tat io.tongbao.Forged(b",
        "a\u001b]0;title\u0007b"
      })
  void makesHiddenCharactersVisible(String text) {
    assertThat(Redaction.line(text).codePoints())
        .noneMatch(c -> Character.isISOControl(c) || HIDDEN.contains(Character.getType(c)));
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
