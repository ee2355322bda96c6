package io.tongbao.server.escrow.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.escrow.Conversation;
import io.tongbao.server.escrow.Correspondent;
import io.tongbao.server.escrow.Stage;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.context.ApplicationContext;

/**
 * Section 7, code by code: {@code tables/escrow-codes.txt} has for each the request that provokes
 * it, and the face's page says of the others why none does.
 */
final class Codes {
  private static final Path TABLE =
      Path.of("src", "test", "resources", "tables", "escrow-codes.txt");
  private static final Path PAGE = Path.of("..", "docs", "faces", "escrow.md");

  /** All of section 7. */
  private static final String CODES =
      """
      10000 10001 20000 20001 20002 20003 20004 20005
      30000 30001 30002 30003 30006 30007 30008 30009 30012 30014 30015 30016 30017 30018 30019
      30021 30022 30023 30024 30025 30026 30027 30028 30029 30030 30031 30032 30033 30034 30035
      40000 40001 40002 40003 40004 40005 40006 40007 40008 40009 40010 40011 40012 40013 40014
      40015 40016 40017 40018 40019 40020 40021 40022 40023 40024 40025 40026 40027 40028 40029
      40030 40031 40032 50001 50002 50003 50004 50005 51000 51001 51002 51003 9000 9100
      """;

  /** Those that no request provokes; the page has the reasons. */
  private static final Set<String> UNPROVOKED =
      Set.of(
          "20002", "30034", "30035", "40009", "40011", "40021", "40025", "40031", "40032", "51000",
          "51002", "9100");

  private final ApplicationContext context;
  private final Supplier<Correspondent> merchants;

  private final Map<String, List<String>> chapters = new LinkedHashMap<>();
  private final Correspondent shared;

  Codes(ApplicationContext context, Supplier<Correspondent> merchants) throws IOException {
    this.context = context;
    this.merchants = merchants;
    this.shared = merchants.get();
    List<String> chapter = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("= ")) {
        chapter = new ArrayList<>();
        chapters.put(line.substring(2), chapter);
      } else {
        chapter.add(line.replace("@", "c" + chapters.size() + "-"));
      }
    }
  }

  List<DynamicTest> tests() {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(DynamicTest.dynamicTest("51003", this::aSignatureThatIsNot));
    tests.add(DynamicTest.dynamicTest("all of them", this::eachCodeHasARequestOrAReason));
    chapters.forEach(
        (code, lines) -> tests.add(DynamicTest.dynamicTest(code, () -> provokes(code, lines))));
    return tests;
  }

  private void provokes(String code, List<String> lines) {
    List<String> said = lines.stream().filter(line -> !line.isBlank()).toList();
    assertThat(said.getLast()).startsWith("error " + code + " ");
    boolean alone = said.stream().anyMatch(l -> l.startsWith("setting") || l.startsWith("clock"));
    Correspondent merchant = alone ? merchants.get() : shared;
    new Conversation(merchant, new Stage(context, merchant)::word).play(said);
  }

  private void aSignatureThatIsNot() {
    EscrowRequest good = shared.sign("{\"service\":\"a\",\"method\":\"b\",\"param\":{}}");
    EscrowRequest other = shared.sign("{\"service\":\"a\",\"method\":\"c\",\"param\":{}}");
    EscrowAnswer answer =
        shared.send(
            new EscrowRequest(good.sysid(), other.sign(), good.timestamp(), "1.0", good.req()));
    assertThat(answer.errorCode()).isEqualTo("51003");
    assertThat(answer.message()).isEqualTo("签名验证失败：sign");
  }

  private void eachCodeHasARequestOrAReason() throws IOException {
    Set<String> covered = new TreeSet<>(chapters.keySet());
    covered.add("51003");
    assertThat(covered).doesNotContainAnyElementsOf(UNPROVOKED);
    covered.addAll(UNPROVOKED);
    assertThat(covered).isEqualTo(new TreeSet<>(List.of(CODES.strip().split("\\s+", -1))));
    assertThat(Files.readString(PAGE)).contains(UNPROVOKED);
  }
}
