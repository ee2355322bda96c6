package io.tongbao.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.client.tour.Tour;
import io.tongbao.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tours as a test: a merchant's client walks a face from the first call to the days' files,
 * through the sandbox's control API, and ends with the audit. Afterwards neither the log nor the
 * database nor a file says who the people were (THREATS T-X12, T-X13).
 */
@TestServer
@ExtendWith(OutputCaptureExtension.class)
class TourTest {
  private static final List<String> NAMES =
      List.of("张三丰", "赵大河", "钱小满", "孙立春", "李雪梅", "王建国", "李大成");

  /** The phones, identity numbers and cards that the tours make up. */
  private static final String NUMBERS =
      "(^|[^0-9A-Za-z])(139[0-9]{8}|33010219900307[0-9]{3}[0-9Xx]|622848[0-9]{13})([^0-9A-Za-z]|$)";

  private static final Pattern PEOPLE =
      Pattern.compile(NUMBERS + "|" + String.join("|", NAMES), Pattern.MULTILINE);

  /** The same in the bytes of a column that is no text. */
  private static final String IN_BYTES =
      "313339(3[0-9]){8}|3333303130323139393030333037(3[0-9]){3}|363232383438(3[0-9]){13}|"
          + NAMES.stream().map(TourTest::hex).collect(Collectors.joining("|"));

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private Environment environment;

  @Test
  void walksTheEscrowFace() {
    assertThat(walk("escrow")).isGreaterThan(20);
  }

  @Test
  void walksThePayoutFace() {
    assertThat(walk("payout")).isGreaterThan(14);
  }

  @AfterEach
  void nobodyIsNamedAnywhere(CapturedOutput log) throws IOException {
    assertThat(PEOPLE.matcher(log.getAll()).find()).as("in the log").isFalse();
    List<String> tables =
        jdbc.sql(
                """
                SELECT tablename FROM pg_tables
                 WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'
                """)
            .query((row, _) -> String.valueOf(row.getString(1)))
            .list();
    assertThat(tables).contains("member", "payout", "notice_done");
    for (String table : tables) {
      // But for what the log of attempts keeps of notices, which production refuses to keep.
      assertThat(
              jdbc.sql(
                      """
                      SELECT words FROM (SELECT (to_jsonb(t) - 'sent')::text AS words FROM "%s" t) r
                       WHERE words ~ ? LIMIT 1
                      """
                          .formatted(table))
                  .param(NUMBERS + "|" + String.join("|", NAMES) + "|" + IN_BYTES)
                  .query((row, _) -> String.valueOf(row.getString(1)))
                  .list())
          .as(table)
          .isEmpty();
    }
    assertThat(filesThatName()).isEmpty();
  }

  private List<Path> filesThatName() throws IOException {
    Path folder = Path.of(environment.getRequiredProperty("tongbao.data.folder"));
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (PEOPLE.matcher(text(file)).find()) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private int walk(String face) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int steps = Tour.walk(face, URI.create("http://localhost:" + port), out);
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("✗");
    return steps;
  }
}
