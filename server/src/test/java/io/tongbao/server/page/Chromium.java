package io.tongbao.server.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/**
 * The Chromium of this machine, without a window: one process for all tests of a JVM, a private
 * store for each tab. Where there is none, tests that ask for it are skipped and say so.
 */
final class Chromium {
  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final String READY = "DevTools listening on ";

  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--remote-debugging-port=0",
          "--no-first-run",
          "--no-default-browser-check",
          "--disable-gpu",
          "--disable-quic",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-default-apps",
          "--disable-extensions",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--metrics-recording-only",
          "--hide-scrollbars",
          "--lang=zh-CN",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");

  /** A tab is 375 by 812 points at two dots a point, and is touched. */
  private static final Screen PHONE = new Screen(375, 812, 2, true);

  private static final Screen DESKTOP = new Screen(1280, 800, 1, false);

  private static final class Shared {
    private static final Chromium ONE = new Chromium();
  }

  /** How large a screen is, in points, and whether fingers or a mouse use it. */
  record Screen(int width, int height, int density, boolean touched) {}

  private final DevTools tools;

  private Chromium() {
    String program = program().orElseThrow();
    try {
      Path profile = Files.createTempDirectory("tongbao-chromium");
      Process process = new ProcessBuilder(command(program, profile)).start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, profile)));
      this.tools = new DevTools(address(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The browser, or a skipped test. */
  static Chromium here() {
    Assumptions.assumeTrue(
        program().isPresent(), "no Chromium on the PATH: the pages are not tried in a browser");
    return Shared.ONE;
  }

  Tab phone() {
    return tab(PHONE);
  }

  Tab desktop() {
    return tab(DESKTOP);
  }

  private Tab tab(Screen screen) {
    JsonNode store = tools.call(null, "Target.createBrowserContext", DevTools.object());
    JsonNode target =
        tools.call(
            null,
            "Target.createTarget",
            DevTools.object()
                .put("url", "about:blank")
                .put("browserContextId", store.get("browserContextId").asString()));
    JsonNode session =
        tools.call(
            null,
            "Target.attachToTarget",
            DevTools.object()
                .put("targetId", target.get("targetId").asString())
                .put("flatten", true));
    return new Tab(tools, session.get("sessionId").asString(), screen);
  }

  private static List<String> command(String program, Path profile) {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--no-sandbox");
    }
    command.add("about:blank");
    return command;
  }

  /** What the browser says when it listens; it says other things before and after. */
  private static URI address(Process process) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(READY)) {
        Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
        return URI.create(line.substring(READY.length()).strip());
      }
    }
    throw new IOException("Chromium ended before it listened");
  }

  private static void end(Process process, Path profile) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
      delete(profile);
    } catch (IOException | UncheckedIOException e) {
      // A temporary folder stays; the machine clears those away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static Optional<String> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return PROGRAMS.stream()
        .filter(name ->
            Stream.of(path.split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
        .findFirst();
  }
}
