package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.edge.Protocol;
import io.tongbao.server.merchant.Face;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The faces' pages say exactly what is served. */
@TestServer
class ServedTest {
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
}
