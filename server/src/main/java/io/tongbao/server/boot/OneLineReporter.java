package io.tongbao.server.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
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
      if (cause instanceof UnboundConfigurationPropertiesException unbound) {
        return say(
            "The setting %s means nothing: see docs/HACKING.md for those that do"
                .formatted(unbound.getUnboundProperties().iterator().next().getName()));
      }
      if (cause instanceof PortInUseException busy) {
        return say(String.valueOf(portInUse(busy.getPort()).getMessage()));
      }
    }
    return false;
  }

  static StartRefused portInUse(int port) {
    return new StartRefused(
        "Port " + port + " is in use", "stop what listens there, or choose another with --port");
  }

  private static boolean say(String line) {
    System.err.println("tongbao: " + line);
    return true;
  }
}
