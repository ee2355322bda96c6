package io.tongbao.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of other people that we measure ourselves against. */
final class Programs {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private Programs() {}

  /** On the PATH, or where Debian keeps PostgreSQL's (newest version first). */
  static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    Stream<Path> places = Stream.of(path.split(":", -1)).filter(p -> !p.isEmpty()).map(Path::of);
    return Stream.concat(versions(), places)
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> versions() {
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .sorted(Comparator.comparing((Path v) -> v.getFileName().toString()).reversed())
          .map(version -> version.resolve("bin"))
          .toList()
          .stream();
    } catch (IOException nothingThere) {
      return Stream.of();
    }
  }

  /** Runs a program to its end in a folder; what it printed. */
  static String run(Path folder, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new BenchFailed(command.getFirst() + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new BenchFailed(command.getFirst() + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("interrupted", e);
    }
  }
}
