package io.tongbao.server.boot;

import io.tongbao.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 in the data folder, started with this process and stopped with it. Durable:
 * an acknowledged commit survives kill -9 of either. Listens on the loopback address only, and asks
 * for a password that only the folder's owner can read. When it dies under us it is started again
 * on the same port.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String MAJOR = "18";
  private static final int START_ATTEMPTS = 5;
  private static final int START_SECONDS = 120;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(300);

  /** Given on the command line, so that nothing in the folder can weaken them. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("max_connections", "60"),
          Map.entry("shared_buffers", "256MB"),
          Map.entry("max_wal_size", "2GB"),
          // A connection keeps the plan that it made of a young table until the next ANALYZE.
          Map.entry("autovacuum_naptime", "10s"),
          // What is asked for is in memory: a table of some pages is not worth reading whole.
          Map.entry("random_page_cost", "1.1"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          // What a statement carried is nobody's business: neither its text nor its key values.
          Map.entry("log_min_error_statement", "panic"),
          Map.entry("log_error_verbosity", "terse"));

  private final DataFolder folder;
  private final Path cluster;
  private final PostgresPrograms programs;
  private final Secret password;
  private final ReentrantLock turn = new ReentrantLock();
  private int port;
  private boolean closed;

  private EmbeddedDatabase(DataFolder folder, PostgresPrograms programs, Secret password) {
    this.folder = folder;
    this.cluster = folder.path().resolve("postgres");
    this.programs = programs;
    this.password = password;
  }

  /** Starts the folder's database, makes it on the first start, and takes over a forgotten one. */
  public static EmbeddedDatabase start(DataFolder folder) {
    EmbeddedDatabase database =
        new EmbeddedDatabase(folder, PostgresPrograms.under(folder.path()), passwordOf(folder));
    try {
      database.initialise();
      database.stopOrphan();
      database.launch(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return database;
  }

  /** The database {@code name} as its superuser sees it. */
  public DatabaseAddress superuser(String name) {
    return new DatabaseAddress(url(name), "postgres", password);
  }

  /** The database {@code name} as the owner of its tables sees it. */
  public DatabaseAddress owner(String name) {
    return new DatabaseAddress(url(name), "tongbao", password);
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  private static Secret passwordOf(DataFolder folder) {
    Path file = folder.path().resolve("postgres.password");
    try {
      if (Files.exists(file)) {
        return new Secret(Files.readString(file).strip());
      }
    } catch (IOException e) {
      throw new StartRefused(
          "The file " + file + " cannot be read", "start as the user who owns the data folder");
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    folder.writePrivately("postgres.password", password + "\n");
    return new Secret(password);
  }

  /** Made beside and then renamed: a folder that exists is a whole one. */
  private void initialise() throws IOException {
    Path version = cluster.resolve("PG_VERSION");
    if (Files.exists(version)) {
      String found = Files.readString(version).strip();
      if (!found.equals(MAJOR)) {
        throw new StartRefused(
            cluster + " was written by PostgreSQL " + found,
            "this build brings " + MAJOR + "; dump it with the old one or choose another --data");
      }
      programs.hand(cluster);
      return;
    }
    Path draft = folder.path().resolve("postgres.new");
    deleteAll(draft);
    Files.createDirectory(draft);
    programs.hand(draft);
    Path passwordFile = folder.writePrivately("postgres.initial", password.reveal() + "\n");
    programs.hand(passwordFile);
    PostgresPrograms.Result made = programs.run("initdb", initialOptions(draft, passwordFile));
    Files.delete(passwordFile);
    if (!made.succeeded()) {
      throw new StartRefused(
          "PostgreSQL cannot make its files: " + lastLine(made.output()),
          "see that " + folder.path() + " can be written and has room");
    }
    Files.move(draft, cluster, StandardCopyOption.ATOMIC_MOVE);
    LOG.info("Made a new database in {}", cluster);
  }

  private static List<String> initialOptions(Path target, Path passwordFile) {
    return List.of(
        "--pgdata=" + target,
        "--username=postgres",
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF-8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        "--data-checksums");
  }

  /** After kill -9 of this process's forerunner its PostgreSQL still runs: stop it in order. */
  private void stopOrphan() throws IOException {
    ProcessHandle process = postmaster();
    if (process != null) {
      LOG.info("Stopping process {}, left over from an earlier run", process.pid());
      stop();
    }
  }

  /** The running server of this folder, or null. */
  private @Nullable ProcessHandle postmaster() throws IOException {
    return pidFileNames().filter(EmbeddedDatabase::isPostgres).orElse(null);
  }

  /**
   * A process number is given again after a restart of the machine. PostgreSQL would take its new
   * bearer for a server of this folder and not start.
   */
  private void forgetStranger() throws IOException {
    if (pidFileNames().filter(process -> !isPostgres(process)).isPresent()) {
      Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }
  }

  private Optional<ProcessHandle> pidFileNames() throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(ProcessHandle::isAlive);
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/postgres");
  }

  private void launch(int wantedPort) throws IOException {
    PostgresPrograms.Result result = new PostgresPrograms.Result(-1, "");
    Path log = folder.path().resolve("postgres.log");
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    programs.hand(log);
    forgetStranger();
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      port = wantedPort == 0 ? freePort() : wantedPort;
      result =
          programs.run(
              "pg_ctl",
              List.of(
                  "start",
                  "--pgdata=" + cluster,
                  "--log=" + log,
                  "--wait",
                  "--timeout=" + START_SECONDS,
                  "--options=" + serverOptions(port)));
      if (result.succeeded()) {
        watch();
        return;
      }
      // The children of a killed server need a moment to notice and to let go of its memory.
      LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
    }
    throw new StartRefused(
        "PostgreSQL does not start: " + lastLine(result.output()), "read the end of " + log);
  }

  private static String serverOptions(int port) {
    List<String> options = new ArrayList<>();
    options.add("-p " + port);
    SETTINGS.forEach((name, value) -> options.add("-c " + name + "='" + value + "'"));
    return String.join(" ", options);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void watch() throws IOException {
    ProcessHandle process = postmaster();
    if (process != null) {
      Thread.ofVirtual()
          .name("postgres-watch")
          .start(() -> {
            process.onExit().join();
            revive();
          });
    }
  }

  private void revive() {
    turn.lock();
    try {
      if (closed) {
        return;
      }
      LOG.error("PostgreSQL died and is started again");
      launch(port);
      LOG.info("PostgreSQL runs again on port {}", port);
    } catch (IOException | StartRefused e) {
      LOG.error("PostgreSQL could not be started again", e);
    } finally {
      turn.unlock();
    }
  }

  private void stop() {
    PostgresPrograms.Result result =
        programs.run(
            "pg_ctl",
            List.of("stop", "--pgdata=" + cluster, "--mode=fast", "--wait", "--timeout=60"));
    if (!result.succeeded()) {
      LOG.warn("PostgreSQL did not stop: {}", lastLine(result.output()));
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (!closed) {
        closed = true;
        stop();
      }
    } finally {
      turn.unlock();
    }
  }

  private static void deleteAll(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String lastLine(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "no reason given" : lines.getLast();
  }
}
