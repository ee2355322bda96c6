package io.tongbao.server.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** A port that cannot be had is told before anything is started. */
class DatabaseConfigurationTest {
  @Test
  void saysWhatIsWrongWithAPort() throws IOException {
    try (ServerSocket other = new ServerSocket(0)) {
      int busy = other.getLocalPort();
      refuses(busy, "Port " + busy + " is in use");
    }
    refuses(65_536, "There is no port 65536");
    refuses(-1, "There is no port -1");
    assertThatCode(() -> DatabaseConfiguration.refuseUnusablePort(0)).doesNotThrowAnyException();
  }

  private static void refuses(int port, String why) {
    assertThatThrownBy(() -> DatabaseConfiguration.refuseUnusablePort(port))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(why)
        .hasMessageContaining("--port");
  }
}
