package io.tongbao.server.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.recon.Audits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/**
 * The golden conversations about orders, files and passwords, over HTTP: {@code
 * exchanges/order/*.txt} and its sisters.
 */
@TestServer
class ExchangesTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "exchanges");

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  @Autowired private Merchants merchants;
  @Autowired private EscrowKeys keys;
  @Autowired private Audits audits;

  @TestFactory
  List<DynamicTest> conversations() throws IOException {
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
    Correspondent merchant =
        Correspondent.of(merchants, keys, port, Map.of("sms.resendSeconds", "0"));
    Stage stage = new Stage(context, merchant);
    new Conversation(merchant, stage::word).play(Files.readAllLines(file));
    assertThat(audits.run().violations()).isEmpty();
  }
}
