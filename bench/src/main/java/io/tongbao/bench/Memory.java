package io.tongbao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much memory processes hold, in MiB; NaN where the system does not say (not Linux).
 *
 * @param server the server's resident memory
 * @param peak the most that it was
 * @param postgres all of PostgreSQL's processes, shared pages counted once
 */
record Memory(double server, double peak, double postgres) {
  private static final double KIB_PER_MIB = 1024;

  static Memory of(Platform platform) {
    Path server = proc(platform.process()).resolve("status");
    return new Memory(
        field(server, "VmRSS"), field(server, "VmHWM"), postgres(platform.database().process()));
  }

  private static double postgres(long process) {
    return ProcessHandle.of(process).stream()
        .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
        .mapToDouble(each -> field(proc(each).resolve("smaps_rollup"), "Pss"))
        .filter(size -> !Double.isNaN(size))
        .sum();
  }

  private static Path proc(ProcessHandle process) {
    return Path.of("/proc", String.valueOf(process.pid()));
  }

  private static double field(Path file, String name) {
    try {
      Matcher line =
          Pattern.compile("(?m)^" + name + ":\\s+([0-9]+) kB").matcher(Files.readString(file));
      return line.find() ? Long.parseLong(line.group(1)) / KIB_PER_MIB : Double.NaN;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "server %.0f MiB (most %.0f MiB), PostgreSQL %.0f MiB",
        server,
        peak,
        postgres);
  }
}
