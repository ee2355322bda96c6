package io.tongbao.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.client.tour.Tour;
import io.tongbao.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The tour as a test: a merchant's client walks the escrow face from the first member to the day's
 * file, through the sandbox's control API, and ends with the audit.
 */
@TestServer
class TourTest {
  @LocalServerPort private int port;

  @Test
  void walksTheEscrowFace() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int steps = Tour.walk("escrow", URI.create("http://localhost:" + port), out);
    assertThat(steps).isGreaterThan(20);
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("✗");
  }
}
