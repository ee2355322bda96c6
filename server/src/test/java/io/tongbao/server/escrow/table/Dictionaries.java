package io.tongbao.server.escrow.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.escrow.Correspondent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Section 6, dictionary by dictionary: each value is taken where it may stand, and others are
 * refused with the code that {@code tables/escrow-dictionaries.txt} says.
 */
final class Dictionaries {
  private static final Path TABLE =
      Path.of("src", "test", "resources", "tables", "escrow-dictionaries.txt");

  private final ApplicationContext context;
  private final Correspondent merchant;

  private final Samples book = new Samples();
  private final Map<String, List<ObjectNode>> prepared = new HashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  /** A dictionary's place in a request, and what comes of its values. */
  private record Line(
      String section,
      String method,
      int sample,
      String fresh,
      String field,
      List<String> outcomes) {
    static Line read(String line) {
      String[] cells = line.split(" \\| ", -1);
      return new Line(
          cells[0],
          cells[1],
          Integer.parseInt(cells[2]) - 1,
          cells[3],
          cells[4],
          List.of(cells).subList(5, cells.length));
    }
  }

  Dictionaries(ApplicationContext context, Correspondent merchant) {
    this.context = context;
    this.merchant = merchant;
  }

  List<DynamicTest> tests() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String text : Files.readAllLines(TABLE)) {
      if (!text.isBlank() && !text.startsWith("#")) {
        Line line = Line.read(text);
        tests.add(
            DynamicTest.dynamicTest(
                line.section() + " " + line.method() + " " + line.field(), () -> check(line)));
      }
    }
    return tests;
  }

  private void check(Line line) {
    String method = line.method();
    ObjectNode sample =
        prepared
            .computeIfAbsent(method, each -> book.prepare(each, context, merchant, "d4"))
            .get(line.sample());
    for (String outcome : line.outcomes()) {
      List<String> words = List.of(outcome.split(" ", -1));
      for (String value : words.subList(1, words.size())) {
        Face.Answer answer = Face.ask(merchant, method, changed(line, sample, value));
        assertThat(answer.ok() ? "OK" : answer.code())
            .as("%s %s: %s", line.field(), value, answer.message())
            .isEqualTo(words.getFirst());
      }
    }
  }

  private ObjectNode changed(Line line, ObjectNode sample, String value) {
    ObjectNode changed = sample.deepCopy();
    if (!line.fresh().equals("-")) {
      changed.put(line.fresh(), "fresh-" + number.incrementAndGet());
    }
    ObjectNode at = changed;
    String[] names = line.field().replace("+", "").split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      at = (ObjectNode) at.get(names[i]);
    }
    String leaf = names[names.length - 1];
    assertThat(at.has(leaf)).isNotEqualTo(line.field().startsWith("+"));
    at.put(leaf, value);
    return changed;
  }
}
