package io.tongbao.server.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** Says in one line why the platform does not start, where the reason is the person's to mend. */
final class OneLineReporter implements SpringBootExceptionReporter {

  /** The signature that Spring Boot looks for. */
  OneLineReporter(@Nullable ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused) {
        return say(String.valueOf(cause.getMessage()));
      }
      if (cause instanceof PortInUseException busy) {
        return say(
            "Port %d is in use: stop what listens there, or choose another with --port"
                .formatted(busy.getPort()));
      }
    }
    return false;
  }

  private static boolean say(String line) {
    System.err.println("tongbao: " + line);
    return true;
  }
}
