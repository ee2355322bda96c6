package io.tongbao.server.recon;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.server.boot.DataFolder;
import io.tongbao.server.merchant.Merchant;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The files of merchants' days. A file appears whole or not at all, and only if its totals are the
 * journal's; it can be made again at any time, also on a node that has never had it.
 */
@Component
public final class DayFiles {
  private static final Logger log = LoggerFactory.getLogger(DayFiles.class);

  private final DataSource source;
  private final JdbcClient database;
  private final Path folder;
  private final MeterRegistry meters;

  DayFiles(DataSource source, JdbcClient database, DataFolder folder, MeterRegistry meters) {
    this.source = source;
    this.database = database;
    this.folder = folder.path().resolve("files");
    this.meters = meters;
  }

  /** The file and the journal differ: nothing was published. */
  static final class Unequal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unequal(String message) {
      super(message);
    }
  }

  private record Made(long lines, long bytes, Bytes sha256, Totals totals) {}

  /** When a day's file is cut. */
  public static Instant cutOf(DayBook book, LocalDate day) {
    return day.plusDays(1).atTime(book.cut()).atZone(BeijingTime.ZONE).toInstant();
  }

  /** The last day whose file is due at {@code now}. */
  public static LocalDate lastDay(DayBook book, Instant now) {
    LocalDate today = BeijingTime.dayOf(now);
    LocalDate yesterday = today.minusDays(1);
    return now.isBefore(cutOf(book, yesterday)) ? yesterday.minusDays(1) : yesterday;
  }

  /** The name of the day's file, which lies in the folder when this returns. */
  public String ensure(DayBook book, Merchant merchant, LocalDate day, Instant now) {
    String name = book.name(merchant, day);
    Path file = path(merchant, name);
    Optional<Long> bytes =
        database
            .sql("SELECT bytes FROM day_file WHERE merchant_id = ? AND name = ?")
            .params(merchant.id(), name)
            .query((row, _) -> row.getLong(1))
            .optional();
    try {
      if (bytes.isEmpty() || !Files.exists(file) || Files.size(file) != bytes.get()) {
        make(book, merchant, day, now);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return name;
  }

  /** Makes the file, in the place of an earlier one. */
  public void make(DayBook book, Merchant merchant, LocalDate day, Instant now) {
    String name = book.name(merchant, day);
    Path file = path(merchant, name);
    Path draft = file.resolveSibling(name + "." + Ids.token() + ".new");
    try {
      Files.createDirectories(file.getParent());
      try {
        Made made = write(book, merchant, day, draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(file.getParent())) {
          parent.force(true);
        }
        record(book, merchant, day, made, now);
        log.info("{}: {} lines", name, made.lines());
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the file that was published still says what the journal says. */
  boolean isCurrent(DayBook book, Merchant merchant, LocalDate day) {
    Optional<String> totals =
        database
            .sql("SELECT totals FROM day_file WHERE merchant_id = ? AND name = ?")
            .params(merchant.id(), book.name(merchant, day))
            .query((row, _) -> row.getString(1))
            .optional();
    if (totals.isEmpty()) {
      return false;
    }
    try (Connection snapshot = source.getConnection()) {
      try {
        begin(snapshot);
        return book.journal(snapshot, merchant, day).toString().equals(totals.get());
      } finally {
        end(snapshot);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the merchant's file of this name is, if it is there. */
  Path path(Merchant merchant, String name) {
    Path own = folder.resolve(String.valueOf(merchant.id()));
    Path file = own.resolve(name).normalize();
    if (!own.equals(file.getParent())) {
      throw new IllegalArgumentException("not a file name");
    }
    return file;
  }

  private Made write(DayBook book, Merchant merchant, LocalDate day, Path draft)
      throws IOException {
    MessageDigest digest = sha256();
    try (Connection snapshot = source.getConnection();
        FileChannel channel =
            FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      try {
        begin(snapshot);
        OutputStream digesting = new DigestOutputStream(Channels.newOutputStream(channel), digest);
        Writer out = new OutputStreamWriter(digesting, StandardCharsets.UTF_8);
        Totals written = book.write(snapshot, merchant, day, out);
        out.flush();
        channel.force(true);
        requireEqual(draft, written, book.journal(snapshot, merchant, day));
        return new Made(written.count(), channel.size(), Bytes.of(digest.digest()), written);
      } finally {
        end(snapshot);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requireEqual(Path draft, Totals written, Totals journal) {
    if (!written.equals(journal)) {
      meters.counter("tongbao.recon.unequal").increment();
      throw new Unequal(
          draft.getFileName() + ": orders say [" + written + "], the journal [" + journal + "]");
    }
  }

  private void record(DayBook book, Merchant merchant, LocalDate day, Made made, Instant now) {
    database
        .sql(
            """
            INSERT INTO day_file (merchant_id, name, kind, day, lines, bytes, sha256, totals, cut_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (merchant_id, name) DO UPDATE
            SET lines = excluded.lines, bytes = excluded.bytes, sha256 = excluded.sha256,
                totals = excluded.totals, cut_at = excluded.cut_at, made_at = now()
            """)
        .params(merchant.id(), book.name(merchant, day), book.kind(), day)
        .params(
            made.lines(),
            made.bytes(),
            made.sha256().toArray(),
            made.totals().toString(),
            Timestamp.from(now))
        .update();
  }

  private static void begin(Connection snapshot) throws SQLException {
    snapshot.setAutoCommit(false);
    try (Statement statement = snapshot.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      statement.execute("SET LOCAL statement_timeout = '10min'");
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'");
    }
  }

  private static void end(Connection snapshot) throws SQLException {
    snapshot.rollback();
    snapshot.setAutoCommit(true);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
