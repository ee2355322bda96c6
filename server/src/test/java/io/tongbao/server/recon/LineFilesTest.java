package io.tongbao.server.recon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.TestServer;
import io.tongbao.server.boot.DataFolder;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files that are published several times: how they lie on the disk, and when they are made. */
@TestServer
class LineFilesTest {
  private static final LocalDate DAY = LocalDate.of(2031, 3, 1);

  @Autowired private LineFiles files;
  @Autowired private Merchants merchants;
  @Autowired private JdbcClient database;
  @Autowired private DataSource source;
  @Autowired private DataFolder folder;
  @Autowired private Audits audits;

  private final Pages book = new Pages();
  private Merchant merchant;

  @BeforeEach
  void openTheBook() {
    merchant = merchants.find(Face.ESCROW, "100000000001").orElseThrow();
    book.days.put(DAY, new ArrayList<>(List.of(line("a", false, "first"))));
  }

  @AfterEach
  void audit() {
    assertThat(audits.run().violations()).isEmpty();
    files.forget(book, merchant, DAY.plusYears(1));
  }

  @Test
  void liesSealedForItsOwnerOnly() throws IOException {
    List<LineBook.Line> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      many.add(line("k" + i, false, Integer.toHexString(i * 0x9E3779B9) + i));
    }
    book.days.put(DAY, many);
    LineFile file = files.publish(book, merchant, DAY, at(DAY, 1, 4));
    assertThat(text(file)).hasSize(20_001).startsWith("cell").contains("0" + 0);
    assertThat(file.lines()).isEqualTo(20_000);
    Path path = path(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    byte[] sealed = Files.readAllBytes(path);
    assertThat(sealed).hasSize((int) file.bytes());
    assertThat(sealed.length).isGreaterThan(2 * SealedOutput.PIECE);
    assertThat(Arrays.copyOf(sealed, 2)).isNotEqualTo(new byte[] {0x1f, (byte) 0x8b});

    byte[] bent = sealed.clone();
    bent[sealed.length / 2] ^= 1;
    unreadable(file, bent);
    int piece = 4 + length(sealed, 0);
    unreadable(file, Arrays.copyOf(sealed, piece));
    unreadable(file, Arrays.copyOf(sealed, sealed.length - 1));
    unreadable(file, Arrays.copyOfRange(sealed, piece, sealed.length));
    byte[] swapped = sealed.clone();
    System.arraycopy(sealed, piece, swapped, 0, piece);
    System.arraycopy(sealed, 0, swapped, piece, piece);
    unreadable(file, swapped);
    Files.write(path, sealed);
    assertThat(text(file)).hasSize(20_001);
  }

  @Test
  void doesNotOpenInAnotherFilesPlace() throws IOException {
    LineFile one = files.publish(book, merchant, DAY, at(DAY, 1, 4));
    LocalDate other = DAY.plusDays(1);
    book.days.put(other, List.of(line("a", false, "other")));
    LineFile two = files.publish(book, merchant, other, at(other, 1, 4));
    byte[] sealed = Files.readAllBytes(path(one));
    unreadable(two, sealed);
  }

  @Test
  void takesTheEarlierOnesPlaceAtOnceAndWhole() throws IOException {
    LineFile first = files.publish(book, merchant, DAY, at(DAY, 1, 4));
    try (InputStream reading = files.open(first).orElseThrow()) {
      book.days.put(DAY, List.of(line("a", false, "first"), line("b", true, "second")));
      LineFile second = files.publish(book, merchant, DAY, at(DAY, 1, 12));
      assertThat(second.generation()).isEqualTo(2);
      assertThat(Files.exists(path(first))).isFalse();
      assertThat(text(second)).containsExactly("cell", "first", "second");
      assertThat(files.find(merchant, book.name(merchant, DAY))).contains(second);
      byte[] all = new GZIPInputStream(reading).readAllBytes();
      assertThat(new String(all, StandardCharsets.UTF_8)).isEqualTo("cell\r\nfirst\r\n");
    }
  }

  @Test
  void leavesNothingBehindWhereItFails() throws IOException {
    LineFile first = files.publish(book, merchant, DAY, at(DAY, 1, 4));
    book.broken.add(DAY);
    assertThatThrownBy(() -> files.publish(book, merchant, DAY, at(DAY, 1, 12)))
        .hasMessageContaining("broken");
    assertThat(lying()).containsExactly(path(first));
    assertThat(files.ensure(book, merchant, DAY, at(DAY, 1, 12))).contains(first);
    book.broken.clear();
    assertThat(files.ensure(book, merchant, DAY, at(DAY, 1, 12)).orElseThrow().generation())
        .isEqualTo(2);
  }

  @Test
  void makesAgainWhatDoesNotLieHere() throws IOException {
    LineFile first = files.publish(book, merchant, DAY, at(DAY, 1, 20));
    assertThat(files.ensure(book, merchant, DAY, at(DAY, 2, 0))).contains(first);
    Files.delete(path(first));
    LineFile second = files.ensure(book, merchant, DAY, at(DAY, 2, 0)).orElseThrow();
    assertThat(text(second)).containsExactly("cell", "first");
  }

  @Test
  void isMadeAtEachOfItsTimesAndWhenTheyWereSleptThrough() {
    LineFileJob job = job();
    assertThat(job.run(merchant, at(DAY, 1, 3))).isZero();
    assertThat(job.run(merchant, at(DAY, 1, 4))).isEqualTo(1);
    assertThat(job.run(merchant, at(DAY, 1, 11))).isZero();
    assertThat(job.run(merchant, at(DAY, 1, 12))).isEqualTo(1);
    assertThat(job().run(merchant, at(DAY, 1, 13))).isZero();
    assertThat(job.run(merchant, at(DAY, 1, 20))).isEqualTo(1);
    assertThat(generation(DAY)).isEqualTo(3);
    assertThat(job.run(merchant, at(DAY, 4, 4))).isEqualTo(3);
    assertThat(generation(DAY)).isEqualTo(3);
    assertThat(generation(DAY.plusDays(1))).isEqualTo(1);
    assertThat(generation(DAY.plusDays(4))).isZero();
  }

  @Test
  void aDayThatFailsDoesNotStopTheOthers() {
    book.broken.add(DAY);
    LineFileJob job = job();
    assertThat(job.run(merchant, at(DAY, 3, 4))).isEqualTo(2);
    assertThat(generation(DAY)).isZero();
    book.broken.clear();
    assertThat(job.run(merchant, at(DAY, 3, 4))).as("waits after a failure").isZero();
    assertThat(job().run(merchant, at(DAY, 3, 4))).isEqualTo(1);
  }

  @Test
  void isKeptForNinetyDays() {
    LineFileJob job = job();
    job.run(merchant, at(DAY, 1, 4));
    Path path = path(files.find(merchant, book.name(merchant, DAY)).orElseThrow());
    job.run(merchant, at(DAY, 90, 4));
    assertThat(generation(DAY)).isEqualTo(2);
    job.run(merchant, at(DAY, 91, 4));
    assertThat(generation(DAY)).isZero();
    assertThat(generation(DAY.plusDays(1))).isPositive();
    assertThat(Files.exists(path)).isFalse();
    assertThat(
            database
                .sql("SELECT count(*) FROM line_file_row WHERE kind = 'test' AND day = ?")
                .param(Date.valueOf(DAY))
                .query((row, _) -> row.getInt(1))
                .single())
        .isZero();
  }

  @Test
  void nobodyWaitsForTheFilesOfOtherDays() throws Exception {
    LineFile first = files.publish(book, merchant, DAY, at(DAY, 1, 4));
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    book.beforeLines =
        () -> {
          writing.countDown();
          await(asked);
        };
    try (ExecutorService server = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<LineFile> slow =
          server.submit(() -> files.publish(book, merchant, DAY.plusDays(1), at(DAY, 2, 4)));
      await(writing);
      assertThat(files.ensure(book, merchant, DAY, at(DAY, 1, 11))).contains(first);
      assertThat(files.ensure(book, merchant, DAY, at(DAY, 1, 12))).contains(first);
      asked.countDown();
      assertThat(slow.get().generation()).isEqualTo(1);
    }
    assertThat(files.ensure(book, merchant, DAY, at(DAY, 1, 12)).orElseThrow().generation())
        .isEqualTo(2);
  }

  @Test
  void deletesWhatNobodyKnowsAnyMore() throws IOException {
    LineFile first = files.publish(book, merchant, DAY, at(DAY, 1, 4));
    Path stray = path(first).resolveSibling("test-2031-02-01.1.old");
    Path fresh = path(first).resolveSibling("test-2031-02-02.1.new");
    Files.createFile(stray);
    Files.createFile(fresh);
    for (Path old : List.of(stray, path(first))) {
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }
    files.forget(book, merchant, DAY);
    assertThat(lying()).containsExactlyInAnyOrder(path(first), fresh);
    Files.delete(fresh);
  }

  /** An audit that looks between the two tables, or a death there, would find lines of no file. */
  @Test
  void aDayIsForgottenWithItsLinesOrNotAtAll() throws SQLException {
    LineFile file = files.publish(book, merchant, DAY, at(DAY, 1, 4));
    try (Connection other = source.getConnection()) {
      other.setAutoCommit(false);
      try (PreparedStatement lock = other.prepareStatement("SELECT * FROM line_file FOR UPDATE")) {
        lock.execute();
        assertThatThrownBy(() -> files.forget(book, merchant, DAY.plusDays(1)))
            .hasMessageContaining("lock timeout");
      } finally {
        other.rollback();
        other.setAutoCommit(true);
      }
    }
    assertThat(audits.run().violations()).isEmpty();
    assertThat(files.ensure(book, merchant, DAY, at(DAY, 1, 5))).contains(file);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private LineFileJob job() {
    StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("book", book));
    return new LineFileJob(files, beans.getBeanProvider(LineBook.class));
  }

  private int generation(LocalDate day) {
    return files.find(merchant, book.name(merchant, day)).map(LineFile::generation).orElse(0);
  }

  private List<String> text(LineFile file) throws IOException {
    try (InputStream in = new GZIPInputStream(files.open(file).orElseThrow())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private void unreadable(LineFile file, byte[] content) throws IOException {
    byte[] before = Files.readAllBytes(path(file));
    Files.write(path(file), content);
    assertThatThrownBy(() -> read(file)).isInstanceOfAny(IOException.class, RuntimeException.class);
    Files.write(path(file), before);
  }

  private byte[] read(LineFile file) throws IOException {
    try (InputStream in = files.open(file).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  private Path path(LineFile file) {
    return folder.path().resolve("files").resolve(merchant.id() + "/" + file.path());
  }

  private List<Path> lying() throws IOException {
    try (Stream<Path> all = Files.list(folder.path().resolve("files/" + merchant.id()))) {
      return all.filter(each -> each.getFileName().toString().startsWith("test-")).toList();
    }
  }

  private static int length(byte[] sealed, int at) {
    return ByteBuffer.wrap(sealed, at, 4).getInt();
  }

  private static Instant at(LocalDate day, int daysLater, int hour) {
    return day.plusDays(daysLater).atTime(hour, 0).atZone(BeijingTime.ZONE).toInstant();
  }

  private static LineBook.Line line(String key, boolean open, String cell) {
    return new LineBook.Line(key, open, List.of(cell), List.of());
  }

  /** A book that says what a test writes into it. */
  private static final class Pages implements LineBook {
    private final Map<LocalDate, List<Line>> days = new HashMap<>();
    private final Set<LocalDate> broken = new HashSet<>();
    private volatile Runnable beforeLines = () -> {};

    @Override
    public Face face() {
      return Face.ESCROW;
    }

    @Override
    public String kind() {
      return "test";
    }

    @Override
    public List<LocalTime> cuts() {
      return List.of(LocalTime.of(3, 45), LocalTime.of(11, 45), LocalTime.of(16, 45));
    }

    @Override
    public String name(Merchant merchant, LocalDate day) {
      return "test-" + day + ".csv.gz";
    }

    @Override
    public Optional<LocalDate> firstDay(Merchant merchant) {
      return Optional.of(DAY);
    }

    @Override
    public List<String> columns() {
      return List.of("cell");
    }

    @Override
    public Totals write(Connection snapshot, Merchant merchant, LocalDate day, Sink sink)
        throws SQLException, IOException {
      beforeLines.run();
      for (Line line : days.getOrDefault(day, List.of())) {
        sink.line(line);
      }
      if (broken.contains(day)) {
        throw new IOException("broken");
      }
      return Totals.NONE;
    }

    @Override
    public Totals journal(Connection snapshot, Merchant merchant, LocalDate day) {
      return Totals.NONE;
    }
  }
}
