package io.tongbao.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processor time that each of the three spent, in seconds. Unlike a rate it is hardly another
 * on a busy machine.
 *
 * @param caller this program: the merchant's side
 * @param server the platform
 * @param postgres all of PostgreSQL's processes that live
 */
record Work(double caller, double server, double postgres) {
  /** Until now, since each began. */
  static Work of(Platform platform) {
    return new Work(
        seconds(ProcessHandle.current()),
        seconds(platform.process()),
        ProcessHandle.of(platform.database().process()).stream()
            .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
            .mapToDouble(Work::seconds)
            .sum());
  }

  private static double seconds(ProcessHandle process) {
    Optional<Duration> total = process.info().totalCpuDuration();
    return total.map(Duration::toNanos).orElse(0L) / 1e9;
  }

  Work since(Work before) {
    return new Work(caller - before.caller, server - before.server, postgres - before.postgres);
  }

  Work and(Work other) {
    return new Work(caller + other.caller, server + other.server, postgres + other.postgres);
  }

  /** What one of that many took of each. */
  String each(long count) {
    return String.format(
        Locale.ROOT,
        "server %.2f ms, PostgreSQL %.2f ms, the bench itself %.2f ms",
        1000 * server / count,
        1000 * postgres / count,
        1000 * caller / count);
  }
}
