package io.tongbao.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A body is read as far as it may go, and no longer than it may take (THREATS T-X18). */
class IntakeTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @Test
  void readsTheWholeBody() throws IOException {
    byte[] body = new byte[100_000];
    body[99_999] = 7;
    assertThat(Intake.body(new ByteArrayInputStream(body), 100_000, AN_HOUR, body()))
        .isEqualTo(Bytes.of(body));
    assertThat(Intake.body(InputStream.nullInputStream(), 10, AN_HOUR, body()))
        .isEqualTo(Bytes.EMPTY);
  }

  @Test
  void stopsAtTheLimit() {
    InputStream endless = trickling();
    assertThatThrownBy(() -> Intake.body(endless, 1_000, AN_HOUR, body()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.TOO_LARGE));
  }

  @Test
  void doesNotWaitForEver() {
    InputStream endless = trickling();
    assertThatThrownBy(() -> Intake.body(endless, 1_000_000_000, Duration.ofMillis(5), body()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.MALFORMED));
  }

  private static LongBodies.Body body() {
    return new LongBodies(System::nanoTime).from("198.51.100.1");
  }

  /** A byte at a time, and no end. */
  private static InputStream trickling() {
    return new InputStream() {
      @Override
      public int read() {
        return 1;
      }

      @Override
      public int read(byte[] into, int from, int length) {
        into[from] = 1;
        return 1;
      }
    };
  }
}
