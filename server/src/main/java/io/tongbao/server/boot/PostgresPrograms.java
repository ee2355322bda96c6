package io.tongbao.server.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs PostgreSQL's programs, which refuse to run as root: there they run in a user namespace
 * without any rights, or as {@code nobody} where namespaces are closed.
 */
final class PostgresPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);
  private static final String UNPRIVILEGED = "nobody";

  private final Path home;
  private final Path workingFolder;
  private final List<String> prefix;

  private PostgresPrograms(Path home, Path workingFolder, List<String> prefix) {
    this.home = home;
    this.workingFolder = workingFolder;
    this.prefix = prefix;
  }

  /** What a program printed, and how it ended. */
  record Result(int status, String output) {
    boolean succeeded() {
      return status == 0;
    }
  }

  static PostgresPrograms under(Path dataFolder) {
    List<String> prefix = prefix();
    Path cache = prefix.contains("setpriv") ? dataFolder.resolve("programs") : cache(dataFolder);
    return new PostgresPrograms(PostgresBinaries.unpackedUnder(cache), dataFolder, prefix);
  }

  private static Path cache(Path dataFolder) {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home", ""), ".cache")
            : Path.of(xdg);
    Path existing = Files.isDirectory(base) ? base : base.getParent();
    boolean usable = base.isAbsolute() && existing != null && Files.isWritable(existing);
    return usable ? base.resolve("tongbao") : dataFolder.resolve("programs");
  }

  private static List<String> prefix() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    if (works("unshare", "-U", "true")) {
      return List.of("unshare", "-U");
    }
    if (works("setpriv", "--reuid=" + UNPRIVILEGED, "--clear-groups", "true")) {
      return List.of("setpriv", "--reuid=" + UNPRIVILEGED, "--clear-groups");
    }
    throw new StartRefused(
        "PostgreSQL does not run as root, and here root may not put its rights down",
        "start as an ordinary user, or name a running PostgreSQL with --database-url");
  }

  private static boolean works(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Gives a file or folder to the user that the programs run as, whoever had it before. */
  void hand(Path path) throws IOException {
    if (prefix.isEmpty()) {
      return;
    }
    UserPrincipal user =
        path.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(prefix.contains("setpriv") ? UNPRIVILEGED : "root");
    if (Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.toList()) {
        Files.setOwner(file, user);
      }
    }
  }

  /** Runs {@code program} to its end. */
  Result run(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(workingFolder.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      Result result =
          new Result(process.waitFor(), new String(output, StandardCharsets.UTF_8).strip());
      LOG.debug("{} ended with {}: {}", program, result.status(), result.output());
      return result;
    } catch (IOException e) {
      throw new StartRefused(
          "PostgreSQL's " + program + " cannot be run (" + e.getMessage() + ")",
          "see that the folder " + home + " is not mounted noexec");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(-1, "interrupted");
    }
  }
}
