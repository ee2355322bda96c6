package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of specification §7. */
class EscrowRefusalsTest {
  /** Codes that only a fault of our own signing could need: it is reported as 9100. */
  private static final Set<String> OURS = Set.of("51000", "51002");

  /** The codes of §7, with the two that name the same state by an older and a newer name. */
  private static final List<String> TABLE =
      List.of(
          "10000 10001 20000 20001 20002 20003 20004 20005",
          "30000 30001 30002 30003 30006 30007 30008 30009 30012 30014 30015 30016 30017 30018",
          "30019 30021 30022 30023 30024 30025 30026 30027 30028 30029 30030 30031 30032 30033",
          "40000 40001 40002 40003 40004 40005 40006 40007 40008 40009 40010 40011 40012 40013",
          "40014 40015 40016 40017 40018 40019 40020 40021 40022 40023 40024 40025 40026 40027",
          "40028 40029 40030 40031 40032 50001 50002 50003 50004 50005 51000 51001 51002 51003",
          "9000 9100");

  @Test
  void usesTheTableAndNothingElse() {
    Set<String> table =
        TABLE.stream()
            .flatMap(line -> Arrays.stream(line.split(" ", -1)))
            .collect(Collectors.toCollection(TreeSet::new));
    table.removeAll(OURS);
    Set<String> used =
        Arrays.stream(Refusal.Reason.values())
            .map(reason -> EscrowRefusals.words(Refusal.of(reason)).code())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(used).isEqualTo(table);
  }

  @Test
  void speaksChineseAndNamesTheField() {
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      assertThat(EscrowRefusals.words(Refusal.of(reason)).message()).matches("[\\p{IsHan}].*");
      assertThat(EscrowRefusals.words(Refusal.of(reason, "amount")).message()).endsWith("：amount");
    }
  }

  @Test
  void repeatsNoLongSubject() {
    assertThat(EscrowRefusals.words(Refusal.of(Refusal.Reason.BAD_FIELD, "x".repeat(65))).message())
        .isEqualTo("参数错误");
  }
}
