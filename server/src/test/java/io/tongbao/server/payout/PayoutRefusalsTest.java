package io.tongbao.server.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of appendix 3. */
class PayoutRefusalsTest {
  /** All of it but 0000. */
  private static final Set<String> TABLE =
      Set.of(
          "1001", "1002", "1003", "1004", "1005", "2001", "2002", "2003", "2006", "2011", "2016",
          "2018", "2024", "2027", "2038", "3000", "5000");

  @Test
  void usesTheTableAndNothingElse() {
    Set<String> used = new TreeSet<>();
    for (Reason reason : Reason.values()) {
      used.add(PayoutRefusals.words(Refusal.of(reason), false).code());
      used.add(PayoutRefusals.words(Refusal.of(reason), true).code());
    }
    assertThat(used).isEqualTo(new TreeSet<>(TABLE));
  }

  @Test
  void speaksChineseAndNamesTheField() {
    for (Reason reason : Reason.values()) {
      for (boolean opened : new boolean[] {true, false}) {
        assertThat(PayoutRefusals.words(Refusal.of(reason), opened).message())
            .matches("\\p{IsHan}.*");
        if (reason != Reason.BAD_IDENTITY_DATA) {
          assertThat(PayoutRefusals.words(Refusal.of(reason, "pay"), opened).message())
              .endsWith("：pay");
        }
      }
    }
  }

  @Test
  void tellsTheEnvelopeFromTheData() {
    Refusal missing = Refusal.of(Reason.MISSING_FIELD, "card_no");
    assertThat(PayoutRefusals.words(missing, false).code()).isEqualTo("1002");
    assertThat(PayoutRefusals.words(missing, true).code()).isEqualTo("2001");
  }

  @Test
  void saysWhatIsWrongWithAPersonAsTheSampleDoes() {
    assertThat(PayoutRefusals.words(Refusal.of(Reason.BAD_IDENTITY_DATA, "id_card"), true))
        .isEqualTo(new PayoutRefusals.Words("2002", "身份证号有误"));
    assertThat(PayoutRefusals.words(Refusal.of(Reason.BAD_IDENTITY_DATA, "mobile"), true).message())
        .isEqualTo("手机号有误");
  }
}
