package io.tongbao.server.recon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a file comes out of it as one cell, and none is a formula (THREATS T-X11). */
class CsvTest {

  @Test
  void writesPlainCellsAsTheyAre() {
    assertThat(Csv.line(List.of("2017112701", "张**", "-/-", "", "13.65")))
        .isEqualTo("2017112701,张**,-/-,,13.65\r\n");
    assertThat(Csv.line(List.of("", ""))).isEqualTo(",\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\0=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "=HYPERLINK(\"http://x\",\"y\")",
        "-/-,1",
        "-/--",
        "a,b",
        "a\"b",
        "a\r\nb",
        "a\nb",
        "\"",
        "\"\"",
        ",",
        ",,,",
        "'=1",
        "\"=1\"",
        "=\"a\",\"b\"",
        "x\r",
        "=A1,\r\n=B1",
        "@\"",
        "-\""
      })
  void keepsAnythingInOneCellThatIsNoFormula(String nasty) {
    List<List<String>> read = read(Csv.line(List.of("before", nasty, "after")));
    assertThat(read).hasSize(1);
    assertThat(read.getFirst()).hasSize(3);
    String cell = read.getFirst().get(1);
    assertThat(cell).endsWith(nasty).hasSizeLessThanOrEqualTo(nasty.length() + 1);
    assertThat("=+-@\t\r\0＝＋－＠").doesNotContain(cell.substring(0, 1));
  }

  /** By RFC 4180. */
  private static List<List<String>> read(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(text.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        line.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          lines.add(List.copyOf(line));
          line.clear();
        }
      } else if (quoted || c != '\r') {
        cell.append(c);
      }
    }
    return lines;
  }
}
