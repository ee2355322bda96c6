package io.tongbao.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher with a Maven that builds when it is let, and a Java that says which file it runs:
 * several of them in one folder at a time.
 */
class LauncherTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$@" >>"$HOME/built"
      while [ ! -e "$HOME/go" ]; do sleep 0.1; done
      [ ! -e "$HOME/broken" ] || { echo '[ERROR] broken'; exit 1; }
      mkdir -p server/target && date >server/target/tongbao-server-boot.jar
      """;
  private static final String JAVA =
      """
      #!/bin/sh
      while [ "$1" != -jar ]; do shift; done
      echo "runs $2"
      echo "with $*"
      while [ -e "$HOME/stay" ]; do sleep 0.1; done
      [ -s "$2" ] && echo "still has $2"
      """;

  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void makeACheckout() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    for (String tool : List.of("chromium", "fc-list")) {
      program(home.resolve("bin/" + tool), "#!/bin/sh\necho font\n");
    }
    program(home.resolve("bin/mvn"), MAVEN);
    program(home.resolve("jdk/bin/java"), JAVA);
    program(home.resolve("jdk/bin/javac"), "#!/bin/sh\n");
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    program(folder.resolve("tongbao"), Files.readString(Path.of("../tongbao")));
    Files.createDirectories(folder.resolve("server/src/main"));
    Files.writeString(folder.resolve("server/pom.xml"), "");
    Files.writeString(folder.resolve("pom.xml"), "");
  }

  @Test
  void twoStartsBuildOnce() throws Exception {
    Process first = launch("start");
    await(home.resolve("built"));
    Process second = launch("start");
    letBuild();
    assertThat(said(first)).contains("Building", "still has");
    assertThat(said(second)).containsAnyOf("is building here already", "still has");
    assertThat(Files.readAllLines(home.resolve("built"))).hasSize(1);
    assertThat(folder.resolve("target/lock")).doesNotExist();
  }

  @Test
  void nobodyBuildsWhileTestsRunButWhatIsBuiltStarts() throws Exception {
    letBuild();
    assertThat(said(launch("start"))).contains("still has");
    Files.delete(home.resolve("go"));
    Process test = launch("test");
    await(folder.resolve("target/lock"));
    assertThat(said(launch("start"))).contains("still has");
    changeASource();
    Process refused = launch("start");
    assertThat(said(refused))
        .contains("process " + test.pid() + " is testing", "wait until it ends, or use another");
    assertThat(refused.exitValue()).isEqualTo(1);
    letBuild();
    said(test);
    assertThat(test.exitValue()).isZero();
    assertThat(folder.resolve("target/lock")).doesNotExist();
  }

  @Test
  void aBuildDoesNotTakeAwayWhatRuns() throws Exception {
    letBuild();
    Path stay = Files.createFile(home.resolve("stay"));
    Process old = launch("start");
    Path its = folder.resolve("target/run/" + old.pid() + ".jar");
    await(its);
    String before = Files.readString(its);
    changeASource();
    TimeUnit.SECONDS.sleep(1); // the stub's file is the date
    Process next = launch("start");
    await(folder.resolve("target/run/" + next.pid() + ".jar"));
    assertThat(Files.readString(its)).isEqualTo(before);
    assertThat(Files.readString(folder.resolve("target/tongbao.jar"))).isNotEqualTo(before);
    Files.delete(stay);
    assertThat(said(old)).contains("still has");
    said(next);
    said(launch("start"));
    assertThat(its).doesNotExist();
  }

  @Test
  void settingsArePassedOn() throws Exception {
    letBuild();
    Process process = launch("start", "--a.b-c=1 2", "--port", "90", "--server.ssl.enabled=true");
    assertThat(said(process))
        .contains("--server.port=90 ", "active=sandbox --a.b-c=1 2 --server.ssl.enabled=true\n");
    for (String wrong : List.of("--port", "--a.b", "--nothing", "a.b=c")) {
      Process refused = launch("start", "--a.b=c", wrong);
      assertThat(said(refused)).contains("see ./tongbao help");
      assertThat(refused.exitValue()).isEqualTo(1);
    }
  }

  @Test
  void aFailedBuildOrTestSaysSoAndLeavesNoLock() throws Exception {
    letBuild();
    Files.createFile(home.resolve("broken"));
    for (String command : List.of("start", "test")) {
      Process process = launch(command);
      assertThat(said(process)).contains("[ERROR] broken");
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(folder.resolve("target/lock")).doesNotExist();
    }
  }

  @Test
  void theLockOfADeadProcessIsTaken() throws Exception {
    letBuild();
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(folder.resolve("target"));
    Files.writeString(folder.resolve("target/lock"), dead.pid() + " testing\n");
    assertThat(said(launch("start"))).contains("Building", "still has");
    try (var left = Files.list(folder.resolve("target"))) {
      assertThat(left.map(file -> file.getFileName().toString()).filter(n -> n.contains("lock")))
          .isEmpty();
    }
  }

  private void changeASource() throws IOException {
    FileTime later = FileTime.from(Instant.now().plusSeconds(5));
    Files.setLastModifiedTime(folder.resolve("pom.xml"), later);
  }

  private void letBuild() throws IOException {
    Files.createFile(home.resolve("go"));
  }

  private Process launch(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("tongbao").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    String path = home.resolve("bin") + ":" + System.getenv("PATH");
    builder.environment().put("PATH", path);
    return builder.start();
  }

  private static String said(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return text;
  }

  private static void await(Path file) throws InterruptedException {
    long until = System.nanoTime() + LONG.toNanos();
    while (!Files.exists(file)) {
      assertThat(System.nanoTime()).as("%s comes", file).isLessThan(until);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
