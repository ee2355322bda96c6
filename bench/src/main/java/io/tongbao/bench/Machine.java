package io.tongbao.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What everything runs on. */
final class Machine {
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");

  private Machine() {}

  static String describe() {
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %s %s, Java %s, load average before %.1f",
        Runtime.getRuntime().availableProcessors(),
        model(),
        System.getProperty("os.name", "?"),
        System.getProperty("os.arch", "?"),
        Runtime.version(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String model() {
    try {
      Matcher line = MODEL.matcher(Files.readString(Path.of("/proc/cpuinfo")));
      return line.find() ? line.group(1).strip() : "unnamed";
    } catch (IOException e) {
      return "unnamed";
    }
  }
}
