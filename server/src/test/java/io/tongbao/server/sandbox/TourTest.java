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
 * The tours as a test: a merchant's client walks a face from the first call to the days' files,
 * through the sandbox's control API, and ends with the audit.
 */
@TestServer
class TourTest {
  @LocalServerPort private int port;

  @Test
  void walksTheEscrowFace() {
    assertThat(walk("escrow")).isGreaterThan(20);
  }

  @Test
  void walksThePayoutFace() {
    assertThat(walk("payout")).isGreaterThan(14);
  }

  private int walk(String face) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int steps = Tour.walk(face, URI.create("http://localhost:" + port), out);
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("✗");
    return steps;
  }
}
