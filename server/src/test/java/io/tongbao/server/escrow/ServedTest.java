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
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The face's page says exactly what is served. */
@TestServer
class ServedTest {
  private static final Path PAGE = Path.of("..", "docs", "faces", "escrow.md");

  /** A row of a table: interface, section, method, state. */
  private static final Pattern SERVED =
      Pattern.compile("\\|[^|]+\\|[^|]+\\| ([A-Za-z]+Service\\.[A-Za-z]+) \\| served \\|.*");

  @Autowired private List<Protocol> protocols;

  @Test
  void whatThePageSays() throws IOException {
    Set<String> said = new TreeSet<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = SERVED.matcher(line);
      if (row.matches()) {
        said.add(row.group(1));
      }
    }
    Set<String> served = new TreeSet<>();
    for (Protocol protocol : protocols) {
      if (protocol.face() == Face.ESCROW) {
        protocol
            .catalog()
            .lines()
            .forEach(line -> served.add(line.substring(0, line.indexOf(' '))));
      }
    }
    assertThat(served).isNotEmpty().isEqualTo(said);
  }
}
