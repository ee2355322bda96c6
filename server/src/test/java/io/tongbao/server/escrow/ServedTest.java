package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Ids;
import io.tongbao.server.TestServer;
import io.tongbao.server.edge.Protocol;
import io.tongbao.server.merchant.Face;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The faces' pages say exactly what is served. */
@TestServer
class ServedTest {
  /** Numbers that we draw: 66 random bits each. */
  private static final Set<String> DRAWN =
      Set.of("orderNo", "userId", "tranceNum", "transferNo", "goodsNo", "mobileFlowNO");

  private static final Path PAGES = Path.of("..", "docs", "faces");

  /** A row of a table: interface, section, one or more names, state. */
  private static final Pattern SERVED =
      Pattern.compile(
          "\\|[^|]+\\|[^|]+\\| ((?:[A-Za-z]+Service\\.[A-Za-z]+|(?:GET|POST) /[^ |]+|, )+)"
              + " \\| served \\|.*");

  @Autowired private List<Protocol> protocols;

  @ParameterizedTest
  @EnumSource(names = {"ESCROW", "PAYOUT"})
  void whatThePageSays(Face face) throws IOException {
    Set<String> said = new TreeSet<>();
    for (String line : Files.readAllLines(PAGES.resolve(face.code() + ".md"))) {
      Matcher row = SERVED.matcher(line);
      if (row.matches()) {
        said.addAll(List.of(row.group(1).split(", ", -1)));
      }
    }
    Set<String> served = new TreeSet<>();
    for (Protocol protocol : protocols) {
      if (protocol.face() == face) {
        served.addAll(protocol.catalog().names());
      }
    }
    assertThat(served).isNotEmpty().isEqualTo(said);
  }

  /**
   * THREATS T3-2: what the platform signs with SHA-1 begins with a number of ours wherever there is
   * one, so that nobody who chooses what comes later knows how it begins.
   */
  @Test
  void aSignedAnswerBeginsWithANumberOfOurs() {
    Map<String, List<String>> answers = new TreeMap<>();
    for (Protocol protocol : protocols) {
      if (protocol.face() == Face.ESCROW) {
        protocol
            .catalog()
            .lines()
            .forEach(
                line -> answers.put(line.substring(0, line.indexOf(' ')), members(answer(line))));
      }
    }
    answers.values().removeIf(members -> Collections.disjoint(members, DRAWN));
    assertThat(answers).hasSizeGreaterThan(10);
    assertThat(answers.values()).allMatch(members -> DRAWN.contains(members.getFirst()));
    for (String number : List.of(Ids.twentyDigits(), Ids.twentyDigits())) {
      assertThat(number).matches("[0-9]{20}").isNotEqualTo(Ids.twentyDigits());
    }
  }

  /** What an answer has, of a line of the catalog. */
  private static String answer(String line) {
    return line.substring(line.indexOf("→ (") + "→ (".length(), line.length() - 1);
  }

  /** The names on the outermost level. */
  private static List<String> members(String answer) {
    String flat = answer;
    for (String last = ""; !flat.equals(last); ) {
      last = flat;
      flat = flat.replaceAll("\\{[^{}]*\\}", "");
    }
    return Stream.of(flat.split(", ", -1))
        .map(member -> member.replaceFirst("\\??:.*", ""))
        .toList();
  }
}
