package io.tongbao.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The whole platform as a process of its own: the server's jar in profile sandbox, on a data folder
 * and a port. What it prints goes to a file.
 */
public final class Platform implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofMinutes(1);
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final Process process;
  private final URI base;
  private final Path data;

  private Platform(Process process, URI base, Path data) {
    this.process = process;
    this.base = base;
    this.data = data;
  }

  /** A port that nobody uses at this moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts the jar and waits until it answers.
   *
   * @param data the data folder; what is in it stays
   * @param log gets what the server prints, after what is there
   * @param jvm options for the JVM
   */
  public static Platform start(Path jar, Path data, int port, Path log, List<String> jvm) {
    if (!Files.isRegularFile(jar)) {
      throw new BenchFailed("there is no " + jar + ": build it with ./tongbao start");
    }
    try {
      Files.createDirectories(data);
      // A forerunner that was killed left its address.
      Files.deleteIfExists(data.resolve("url"));
      Process process =
          new ProcessBuilder(command(jar, data, port, jvm))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new Platform(process, await(process, data, log), data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path jar, Path data, int port, List<String> jvm) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseCompactObjectHeaders");
    command.addAll(jvm);
    command.addAll(List.of("-jar", jar.toString()));
    command.add("--server.port=" + port);
    command.add("--tongbao.data.folder=" + data);
    command.add("--spring.profiles.active=sandbox");
    return command;
  }

  private static URI await(Process process, Path data, Path log) throws IOException {
    Path address = data.resolve("url");
    long giveUp = System.nanoTime() + START.toNanos();
    while (!Files.exists(address)) {
      if (!process.isAlive() || System.nanoTime() > giveUp) {
        process.destroyForcibly();
        throw new BenchFailed("the platform did not start: read " + log);
      }
      pause();
    }
    return URI.create(Files.readString(address).strip());
  }

  private static void pause() {
    try {
      Thread.sleep(GLANCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("interrupted", e);
    }
  }

  public URI base() {
    return base;
  }

  /** The server's process. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Its database, as it runs now. */
  public Postgres database() {
    return Postgres.in(data);
  }

  /** Kills the server as a power cut would (SIGKILL), and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops the server in order (SIGTERM). */
  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new BenchFailed("the platform did not stop within " + STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
