package io.tongbao.server.recon;

import io.tongbao.kernel.Bytes;
import io.tongbao.server.recon.LineBook.Line;
import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of one publication on their way into the file, a few hundred at a time. Compares each
 * with what was published of it before, and keeps the digest of what is new.
 */
final class PublishedLines implements LineBook.Sink {
  private static final int BATCH = 500;
  private static final int DIGEST = 16;

  private final Connection writing;
  private final LineFile file;
  private final Writer out;
  private final List<Line> waiting = new ArrayList<>(BATCH);
  private long written;
  private long known;

  PublishedLines(Connection writing, LineFile file, Writer out) {
    this.writing = writing;
    this.file = file;
    this.out = out;
  }

  /** A line that was no longer open would say something else: nothing is published. */
  static final class Changed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Changed(String message) {
      super(message);
    }
  }

  private record Published(Bytes print, boolean open) {}

  @Override
  public void line(Line line) throws SQLException, IOException {
    waiting.add(line);
    if (waiting.size() == BATCH) {
      flush();
    }
  }

  /** Writes what waits, and makes sure that all that was published has come again. */
  long finish() throws SQLException, IOException {
    flush();
    long before = file.generation() == 1 ? 0 : publishedBefore();
    if (known != before) {
      throw new Changed(
          file.name() + ": of " + before + " lines that were published " + known + " are left");
    }
    return written;
  }

  private void flush() throws SQLException, IOException {
    if (waiting.isEmpty()) {
      return;
    }
    Map<String, Published> before = file.generation() == 1 ? Map.of() : published();
    List<String> keys = new ArrayList<>();
    List<byte[]> digests = new ArrayList<>();
    List<Boolean> open = new ArrayList<>();
    for (Line line : waiting) {
      Published earlier = before.get(line.key());
      if (earlier != null && !earlier.open()) {
        out.write(asPublished(line, earlier));
        continue;
      }
      String text = Csv.line(line.cells());
      out.write(text);
      Bytes print = printOf(text);
      if (earlier == null || !earlier.print().equals(print) || !line.open()) {
        keys.add(line.key());
        digests.add(print.toArray());
        open.add(line.open());
      }
    }
    known += before.size();
    written += waiting.size();
    insert(keys, digests, open);
    waiting.clear();
  }

  /** What was said before, in the words of then. */
  private String asPublished(Line line, Published earlier) {
    String text = Csv.line(line.cells());
    if (printOf(text).equals(earlier.print())) {
      return text;
    }
    for (List<String> cells : line.earlier()) {
      String older = Csv.line(cells);
      if (printOf(older).equals(earlier.print())) {
        return older;
      }
    }
    throw new Changed(file.name() + ": line " + line.key() + " was published otherwise");
  }

  private Map<String, Published> published() throws SQLException {
    String sql =
        """
        SELECT DISTINCT ON (row_key) row_key, digest, open FROM line_file_row
        WHERE merchant_id = ? AND kind = ? AND day = ? AND row_key = ANY (?)
        ORDER BY row_key, generation DESC
        """;
    Object[] keys = waiting.stream().map(Line::key).toArray();
    try (PreparedStatement select = writing.prepareStatement(sql)) {
      bind(select);
      select.setArray(4, writing.createArrayOf("text", keys));
      Map<String, Published> found = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Bytes print = Bytes.of(row.getBytes("digest"));
          found.put(row.getString("row_key"), new Published(print, row.getBoolean("open")));
        }
      }
      return found;
    }
  }

  private long publishedBefore() throws SQLException {
    String sql =
        """
        SELECT count(DISTINCT row_key) FROM line_file_row
        WHERE merchant_id = ? AND kind = ? AND day = ? AND generation < ?
        """;
    try (PreparedStatement count = writing.prepareStatement(sql)) {
      bind(count);
      count.setInt(4, file.generation());
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void insert(List<String> keys, List<byte[]> digests, List<Boolean> open)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO line_file_row (merchant_id, kind, day, generation, row_key, digest, open)
        SELECT ?, ?, ?, ?, row_key, digest, open
        FROM unnest(?::text[], ?::bytea[], ?::boolean[]) AS r (row_key, digest, open)
        """;
    try (PreparedStatement insert = writing.prepareStatement(sql)) {
      bind(insert);
      insert.setInt(4, file.generation());
      insert.setArray(5, writing.createArrayOf("text", keys.toArray()));
      insert.setArray(6, writing.createArrayOf("bytea", digests.toArray(byte[][]::new)));
      insert.setArray(7, writing.createArrayOf("boolean", open.toArray()));
      insert.executeUpdate();
    }
  }

  private void bind(PreparedStatement statement) throws SQLException {
    statement.setInt(1, file.merchant());
    statement.setString(2, file.kind());
    statement.setDate(3, Date.valueOf(file.day()));
  }

  private static Bytes printOf(String text) {
    return Bytes.of(Arrays.copyOf(Bytes.utf8(text).sha256().toArray(), DIGEST));
  }
}
