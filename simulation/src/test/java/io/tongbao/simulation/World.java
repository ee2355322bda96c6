package io.tongbao.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.bench.Platform;
import io.tongbao.bench.Population;
import io.tongbao.bench.Receiver;
import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.EscrowCredentials;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.Notice;
import io.tongbao.client.escrow.Terms;
import io.tongbao.client.tour.Actor;
import io.tongbao.client.tour.Sandbox;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** One platform on a port and a folder that outlive its processes, and a merchant who uses it. */
final class World implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final Path JAR = Path.of(System.getProperty("tongbao.server.jar", ""));
  private static final List<String> JVM = List.of("-Xmx768m");

  private final Path data;
  private final Path log;
  private final int port = Platform.freePort();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final AtomicReference<EscrowClient> reader = new AtomicReference<>();
  private final Receiver receiver;
  private final Sandbox sandbox;
  private final EscrowClient client;
  private Platform platform;

  World(Path data, String name) {
    this.data = data;
    this.log = log(name);
    this.platform = Platform.start(JAR, data, port, log, JVM);
    this.sandbox = new Sandbox(URI.create("http://localhost:" + port));
    this.client =
        EscrowClient.at(
            sandbox.base(), EscrowCredentials.of(sandbox.credentials().required("escrow")));
    this.reader.set(client);
    this.receiver = Receiver.start(this::hear);
  }

  private static Path log(String name) {
    try {
      Path folder = Files.createDirectories(Path.of(System.getProperty("tongbao.logs", "target")));
      Path log = folder.resolve(name + ".log");
      Files.deleteIfExists(log);
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A notice counts once its signature is verified. */
  private void hear(Bytes body) {
    Notice notice = reader.get().notice(body);
    told.add(notice.value().path("bizOrderNo").asString("") + " " + notice.status());
  }

  EscrowClient client() {
    return client;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  String accountSet() {
    return client.credentials().accountSetNo();
  }

  Terms terms() {
    return Terms.to(receiver.url());
  }

  List<Actor> people(int count, Money balance) {
    return new Population(client, sandbox, terms()).enrol(count, balance);
  }

  /** Whether the merchant was told that this order ended well. */
  boolean toldOf(String number) {
    return told.contains(number + " OK");
  }

  /** SIGKILL, as when the power goes. */
  void killServer() {
    platform.kill();
  }

  /** Starts the server again, on what the last one left. */
  void restartServer() {
    platform = Platform.start(JAR, data, port, log, JVM);
  }

  /**
   * SIGKILL to PostgreSQL.
   *
   * @param all also to its children, who otherwise notice by themselves
   */
  void killDatabase(boolean all) {
    ProcessHandle server =
        ProcessHandle.of(platform.database().process())
            .orElseThrow(() -> new AssertionError("PostgreSQL does not run"));
    List<ProcessHandle> victims =
        all ? Stream.concat(Stream.of(server), server.descendants()).toList() : List.of(server);
    victims.forEach(ProcessHandle::destroyForcibly);
    server.onExit().join();
  }

  ProcessHandle server() {
    return platform.process();
  }

  /** Waits until the platform reads from its database again. */
  void awaitRecovery() {
    surely(new MemberCalls.Get("nobody"));
  }

  /** Asks until there is an answer; for questions only. */
  Fate surely(EscrowCall<?> question) {
    AtomicReference<Fate> fate = new AtomicReference<>(new Fate.Unknown("not asked"));
    eventually(
        "an answer",
        () -> {
          fate.set(Fate.of(() -> client.call(question)));
          return !(fate.get() instanceof Fate.Unknown);
        });
    return fate.get();
  }

  void eventually(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).pollInterval(GLANCE).until(condition);
  }

  /** Everything that must be true is true. */
  void audit() {
    JsonNode report = sandbox.audit();
    assertThat(report.required("violations")).isEmpty();
    assertThat(report.required("passed").asBoolean()).isTrue();
  }

  @Override
  public void close() {
    platform.close();
    receiver.close();
  }
}
