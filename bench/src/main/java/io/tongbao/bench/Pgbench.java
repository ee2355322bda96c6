package io.tongbao.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The yardstick: PostgreSQL's own TPC-B, on the same server, in a database of its own. */
final class Pgbench {
  private static final String DATABASE = "bench_yardstick";
  private static final Pattern TPS = Pattern.compile("(?m)^tps = ([0-9.]+)");
  private static final Pattern COUNT =
      Pattern.compile("(?m)^number of transactions actually processed: ([0-9]+)");

  private Pgbench() {}

  /** Empty where pgbench is not installed. */
  static Optional<Rate> run(Postgres postgres, Options options, Path folder) {
    Optional<Path> program = Programs.find("pgbench");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    postgres.create(DATABASE, "postgres");
    call(program.get(), postgres, folder, "-i", "-q", "-s", "" + options.scale());
    postgres.settle();
    call(program.get(), postgres, folder, load(options.warmUp()));
    String output =
        call(program.get(), postgres, folder, logged(load(options.seconds()), "transactions"));
    postgres.drop(DATABASE);
    return Optional.of(rate(output, folder));
  }

  private static String[] load(int seconds) {
    return new String[] {
      "-n", "-M", "prepared", "-c", "" + Options.THREADS, "-j", "2", "-T", "" + seconds
    };
  }

  /** Every tenth transaction's time goes to a file, for the percentiles. */
  private static String[] logged(String[] load, String prefix) {
    Stream<String> log = Stream.of("--log", "--log-prefix=" + prefix, "--sampling-rate=0.1");
    return Stream.concat(Stream.of(load), log).toArray(String[]::new);
  }

  private static String call(Path program, Postgres postgres, Path folder, String... options) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("-h", "127.0.0.1", "-p", "" + postgres.port(), "-U", "postgres"));
    command.addAll(List.of(options));
    command.add(DATABASE);
    Map<String, String> login = Map.of("PGPASSWORD", postgres.password().reveal());
    return Programs.run(folder, login, command);
  }

  private static Rate rate(String output, Path folder) {
    double tps = Double.parseDouble(first(TPS, output));
    long count = Long.parseLong(first(COUNT, output));
    long[] micros = times(folder);
    return new Rate(count, count / tps, at(micros, 0.50), at(micros, 0.99));
  }

  private static String first(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new BenchFailed("pgbench printed something else: " + output);
    }
    return matcher.group(1);
  }

  private static double at(long[] micros, double share) {
    return micros.length == 0 ? Double.NaN : micros[(int) (micros.length * share)] / 1000.0;
  }

  /** The third column of the transaction log, sorted. */
  private static long[] times(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> logs =
          files.filter(file -> file.getFileName().toString().startsWith("transactions.")).toList();
      Stream.Builder<String> lines = Stream.builder();
      for (Path log : logs) {
        Files.readAllLines(log).forEach(lines);
      }
      return lines
          .build()
          .mapToLong(line -> Long.parseLong(line.split(" ", -1)[2]))
          .sorted()
          .toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
