package io.tongbao.server.recon;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Ids;
import io.tongbao.server.boot.DataFolder;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The files that are published several times for a day: gzip over CSV, sealed as they lie in the
 * data folder (mode 0600), written from a cursor in constant memory. A publication takes the place
 * of the one before in one commit, and only if its sums are the journal's and it changes no line
 * that was not open (LEDGER I-22); otherwise the earlier one stays.
 */
@Component
public final class LineFiles {
  /** How long a day's file is to be had. Specification payout §2.2. */
  public static final int DAYS_KEPT = 90;

  /** How many milliseconds whoever asks for a file waits for one that is being published. */
  private static final long PATIENCE = 1_000;

  /** How old a file without a row is before it is nobody's: the longest publication is shorter. */
  private static final Duration STRAY = Duration.ofDays(1);

  private static final Logger log = LoggerFactory.getLogger(LineFiles.class);

  private final DataSource source;
  private final LineFileRows rows;
  private final Vault vault;
  private final Path folder;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Map<Integer, ReentrantLock> locks = new ConcurrentHashMap<>();

  LineFiles(
      DataSource source,
      LineFileRows rows,
      Vault vault,
      DataFolder folder,
      Clock clock,
      MeterRegistry meters) {
    this.source = source;
    this.rows = rows;
    this.vault = vault;
    this.folder = folder.path().resolve("files");
    this.clock = clock;
    this.meters = meters;
  }

  /** The last time that a day's file was due; empty where it never was. */
  public static Optional<Instant> lastCut(LineBook book, LocalDate day, Instant now) {
    return book.cuts().stream()
        .map(cut -> day.plusDays(1).atTime(cut).atZone(BeijingTime.ZONE).toInstant())
        .filter(cut -> !cut.isAfter(now))
        .reduce((_, later) -> later);
  }

  /**
   * The day's newest file, which lies in the folder when this returns; empty where the day's was
   * never due, or where there was nothing yet. While others publish the merchant's files, it is the
   * one before: nobody who asks waits for a million lines.
   */
  public Optional<LineFile> ensure(LineBook book, Merchant merchant, LocalDate day, Instant now) {
    ReentrantLock lock = lock(merchant);
    try {
      if (isMissing(book, merchant, day, now) && lock.tryLock(PATIENCE, TimeUnit.MILLISECONDS)) {
        publishAndUnlock(book, merchant, day, now, lock);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException unpublished) {
      log.error("{} of {} was not published", book.kind(), day, unpublished);
    }
    return rows.newest(merchant, book.kind(), day).filter(this::lies);
  }

  /** Publishes the day's file where it is due, or lies here no more; whether it did. */
  boolean publishDue(LineBook book, Merchant merchant, LocalDate day, Instant now) {
    if (!isMissing(book, merchant, day, now)) {
      return false;
    }
    ReentrantLock lock = lock(merchant);
    lock.lock();
    return publishAndUnlock(book, merchant, day, now, lock);
  }

  private boolean publishAndUnlock(
      LineBook book, Merchant merchant, LocalDate day, Instant now, ReentrantLock lock) {
    try {
      boolean missing = isMissing(book, merchant, day, now);
      if (missing) {
        publish(book, merchant, day, rows.newest(merchant, book.kind(), day), now);
      }
      return missing;
    } finally {
      lock.unlock();
    }
  }

  private boolean isMissing(LineBook book, Merchant merchant, LocalDate day, Instant now) {
    Optional<Instant> due = lastCut(book, day, now);
    Optional<LocalDate> first = book.firstDay(merchant);
    if (due.isEmpty() || first.isEmpty() || day.isBefore(first.get())) {
      return false;
    }
    return rows.newest(merchant, book.kind(), day)
        .filter(file -> !file.madeAt().isBefore(due.get()) && lies(file))
        .isEmpty();
  }

  /** Publishes the day's file once more. */
  public LineFile publish(LineBook book, Merchant merchant, LocalDate day, Instant now) {
    ReentrantLock lock = lock(merchant);
    lock.lock();
    try {
      return publish(book, merchant, day, rows.newest(merchant, book.kind(), day), now);
    } finally {
      lock.unlock();
    }
  }

  /** The newest file that the merchant calls so. */
  public Optional<LineFile> find(Merchant merchant, String name) {
    return rows.named(merchant, name);
  }

  /** What the file says, as it was before it was sealed: gzip. Empty where it is not here. */
  public Optional<InputStream> open(LineFile file) throws IOException {
    try {
      InputStream sealed = Files.newInputStream(path(file));
      return Optional.of(new SealedInput(vault, file.path(), sealed));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /** Forgets the files of days before {@code first}; how many. */
  int forget(LineBook book, Merchant merchant, LocalDate first) {
    int forgotten = 0;
    for (LineFile file : rows.before(merchant, book.kind(), first)) {
      forget(file);
      discard(file);
      forgotten++;
    }
    sweep(book, merchant);
    return forgotten;
  }

  /** A day's lines may be a million: they have a publication's time to go, not a request's. */
  private void forget(LineFile file) {
    try (Connection writing = source.getConnection()) {
      try {
        begin(writing, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        LineFileRows.forget(writing, file);
        writing.commit();
      } finally {
        end(writing);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes what no row points to: a server died over it, or another one forgot its row. */
  private void sweep(LineBook book, Merchant merchant) {
    Set<String> known = rows.paths(merchant, book.kind());
    FileTime young = FileTime.from(clock.instant().minus(STRAY));
    try (DirectoryStream<Path> lying =
        Files.newDirectoryStream(own(merchant.id()), book.kind() + "-*")) {
      for (Path file : lying) {
        boolean stray = !known.contains(String.valueOf(file.getFileName()));
        if (stray && Files.getLastModifiedTime(file).compareTo(young) < 0) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException nothingYet) {
      log.debug("merchant {} has no files here", merchant.code());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LineFile publish(
      LineBook book, Merchant merchant, LocalDate day, Optional<LineFile> before, Instant now) {
    int generation = before.map(LineFile::generation).orElse(0) + 1;
    String path = book.kind() + "-" + day + "." + generation + "." + Ids.token();
    LineFile wanted =
        new LineFile(
            merchant.id(), book.kind(), day, generation, book.name(merchant, day), path, 0, 0, now);
    try {
      LineFile made = write(book, merchant, wanted);
      before.ifPresent(this::discard);
      log.info("{}: {} lines, publication {}", made.name(), made.lines(), generation);
      return made;
    } catch (RuntimeException | IOException | SQLException e) {
      discard(wanted);
      meters.counter("tongbao.recon.unpublished").increment();
      throw e instanceof RuntimeException kept ? kept : new IllegalStateException(e);
    }
  }

  private LineFile write(LineBook book, Merchant merchant, LineFile wanted)
      throws IOException, SQLException {
    try (Connection snapshot = source.getConnection();
        Connection writing = source.getConnection()) {
      try {
        begin(snapshot, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        begin(writing, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        Path file = create(wanted);
        Totals totals;
        long lines;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          OutputStream sealing =
              new SealedOutput(vault, wanted.path(), Channels.newOutputStream(channel));
          Writer out =
              new OutputStreamWriter(new GZIPOutputStream(sealing), StandardCharsets.UTF_8);
          out.write(Csv.line(book.columns()));
          PublishedLines published = new PublishedLines(writing, wanted, out);
          totals = book.write(snapshot, merchant, wanted.day(), published);
          lines = published.finish();
          out.close();
        }
        requireEqual(wanted, totals, book.journal(snapshot, merchant, wanted.day()));
        force(file);
        LineFile made = withSize(wanted, lines, Files.size(file));
        LineFileRows.insert(writing, made, totals);
        writing.commit();
        return made;
      } finally {
        end(snapshot);
        end(writing);
      }
    }
  }

  private Path create(LineFile wanted) throws IOException {
    Path file = path(wanted);
    Files.createDirectories(file.getParent());
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** The file is on the disk, and its name in the folder. */
  private static void force(Path file) throws IOException {
    for (Path each : Set.of(file, file.getParent())) {
      try (FileChannel channel = FileChannel.open(each)) {
        channel.force(true);
      }
    }
  }

  private void requireEqual(LineFile file, Totals written, Totals journal) {
    if (!written.equals(journal)) {
      meters.counter("tongbao.recon.unequal").increment();
      throw new DayFiles.Unequal(
          file.name() + ": its lines say [" + written + "], the journal [" + journal + "]");
    }
  }

  private boolean lies(LineFile file) {
    try {
      return Files.size(path(file)) == file.bytes();
    } catch (IOException notThere) {
      return false;
    }
  }

  private void discard(LineFile file) {
    try {
      Files.deleteIfExists(path(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name is ours: nothing that a merchant says is part of it. */
  private Path path(LineFile file) {
    return own(file.merchant()).resolve(file.path());
  }

  private Path own(int merchant) {
    return folder.resolve(String.valueOf(merchant));
  }

  private ReentrantLock lock(Merchant merchant) {
    return locks.computeIfAbsent(merchant.id(), _ -> new ReentrantLock());
  }

  private static LineFile withSize(LineFile file, long lines, long bytes) {
    return new LineFile(
        file.merchant(),
        file.kind(),
        file.day(),
        file.generation(),
        file.name(),
        file.path(),
        lines,
        bytes,
        file.madeAt());
  }

  private static void begin(Connection connection, String isolation) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(isolation);
      statement.execute("SET LOCAL statement_timeout = '10min'");
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'");
    }
  }

  private static void end(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }
}
