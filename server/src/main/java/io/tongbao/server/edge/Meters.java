package io.tongbao.server.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tongbao.server.merchant.Face;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * What is measured and logged of each message: one timer per operation and outcome, one line in the
 * log. Neither holds anything that the message says, save the merchant's number once it is proved.
 */
@Component
final class Meters {
  private static final Logger LOG = LoggerFactory.getLogger("io.tongbao.messages");
  private static final String NONE = "none";
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2)
  };

  private record Key(Face face, String operation, String outcome) {}

  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  Watch start(Face face, WireRequest request) {
    MDC.put("trace", request.trace());
    return new Watch(face);
  }

  private Timer timer(Key key) {
    return timers.computeIfAbsent(
        key,
        wanted ->
            Timer.builder("tongbao.messages")
                .description("messages answered, by operation and outcome")
                .tag("face", wanted.face().code())
                .tag("operation", wanted.operation())
                .tag("outcome", wanted.outcome())
                .serviceLevelObjectives(BOUNDS)
                .register(registry));
  }

  /** The measuring of one message. Used by the thread that answers it. */
  final class Watch {
    private final Face face;
    private final long start = System.nanoTime();
    private String operation = NONE;
    private String merchant = NONE;

    private Watch(Face face) {
      this.face = face;
    }

    void admitted(Admitted admitted) {
      merchant = admitted.caller().merchant().code();
    }

    /** Only names that the catalog has become labels: strangers must not make new series. */
    void found(String name) {
      operation = name;
    }

    void stop(Reply reply) {
      long nanos = System.nanoTime() - start;
      timer(new Key(face, operation, reply.outcome())).record(nanos, TimeUnit.NANOSECONDS);
      LOG.info(
          "{} {} {} {} {} µs", face.code(), merchant, operation, reply.outcome(), nanos / 1_000);
      MDC.remove("trace");
    }
  }
}
