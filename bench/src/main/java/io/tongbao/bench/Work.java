package io.tongbao.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processor time that each of the three spent, in seconds, and what PostgreSQL committed.
 * Unlike a rate it is hardly another on a busy machine.
 *
 * @param caller this program: the merchant's side
 * @param server the platform
 * @param compiling what of the platform's went into compiling itself: passes with time. 0 where the
 *     system does not say (not Linux)
 * @param postgres all of PostgreSQL's processes that live
 * @param commits how many transactions PostgreSQL committed
 * @param flushes how often it brought its log to the disk
 */
record Work(
    double caller, double server, double compiling, double postgres, long commits, long flushes) {
  static final Work NONE = new Work(0, 0, 0, 0, 0, 0);

  private static final double TICKS_PER_SECOND = 100;

  /** Of the fields behind a thread's name, those of user and of system time. */
  private static final int USER = 12;

  private static final int SYSTEM = 13;

  /** Until now, since each began. */
  static Work of(Platform platform) {
    Postgres database = platform.database();
    return new Work(
        seconds(ProcessHandle.current()),
        seconds(platform.process()),
        compiling(platform.process()),
        ProcessHandle.of(database.process()).stream()
            .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
            .mapToDouble(Work::seconds)
            .sum(),
        database.commits(),
        database.flushes());
  }

  private static double seconds(ProcessHandle process) {
    Optional<Duration> total = process.info().totalCpuDuration();
    return total.map(Duration::toNanos).orElse(0L) / 1e9;
  }

  private static double compiling(ProcessHandle process) {
    Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
    if (!Files.isDirectory(threads)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(threads)) {
      return all.mapToDouble(Work::compiling).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double compiling(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      int named = stat.lastIndexOf(')');
      if (!stat.substring(0, named).contains("CompilerThre")) {
        return 0;
      }
      String[] fields = stat.substring(named + 1).split(" ", -1);
      return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_PER_SECOND;
    } catch (IOException ended) {
      return 0;
    }
  }

  Work since(Work before) {
    return new Work(
        caller - before.caller,
        server - before.server,
        // Compilers come and go, and take with them what they counted.
        Math.max(0, compiling - before.compiling),
        postgres - before.postgres,
        commits - before.commits,
        flushes - before.flushes);
  }

  Work and(Work other) {
    return new Work(
        caller + other.caller,
        server + other.server,
        compiling + other.compiling,
        postgres + other.postgres,
        commits + other.commits,
        flushes + other.flushes);
  }

  /** What one of that many calls took of each. */
  String eachCall(long count) {
    return String.format(
        Locale.ROOT,
        "server %.2f ms (%.2f of it compiling itself), PostgreSQL %.2f ms, the caller %.2f ms;"
            + " %.2f commits, %.2f flushes",
        1000 * server / count,
        1000 * compiling / count,
        1000 * postgres / count,
        1000 * caller / count,
        (double) commits / count,
        (double) flushes / count);
  }

  /** What one of that many payments took, where the ledger works in this program. */
  String eachPayment(long count) {
    return String.format(
        Locale.ROOT,
        "PostgreSQL %.0f µs, ledger and callers %.0f µs; %.3f flushes",
        1e6 * postgres / count,
        1e6 * caller / count,
        (double) flushes / count);
  }
}
