package io.tongbao.server.escrow.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.escrow.Conversation;
import io.tongbao.server.escrow.Correspondent;
import io.tongbao.server.escrow.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.context.ApplicationContext;

/**
 * The golden conversations about orders, files and passwords, over HTTP: {@code
 * exchanges/order/*.txt} and its sisters.
 */
final class Exchanges {
  private static final Path FOLDER = Path.of("src", "test", "resources", "exchanges");

  private final ApplicationContext context;
  private final Supplier<Correspondent> merchants;

  Exchanges(ApplicationContext context, Supplier<Correspondent> merchants) {
    this.context = context;
    this.merchants = merchants;
  }

  List<DynamicTest> tests() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String topic : List.of("order", "merchant", "password")) {
      try (Stream<Path> files = Files.list(FOLDER.resolve(topic))) {
        files
            .sorted()
            .forEach(file ->
                tests.add(
                    DynamicTest.dynamicTest(topic + "/" + file.getFileName(), () -> play(file))));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  private void play(Path file) throws IOException {
    Correspondent merchant = merchants.get();
    Stage stage = new Stage(context, merchant);
    new Conversation(merchant, stage::word).play(Files.readAllLines(file));
  }
}
