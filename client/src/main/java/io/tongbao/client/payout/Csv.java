package io.tongbao.client.payout;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comma-separated lines as RFC 4180 has them, read one at a time. */
final class Csv {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int END = -1;

  private final Reader in;
  private int next = -2;

  Csv(Reader in) {
    this.in = in;
  }

  /** The cells of the next line; null at the end. */
  @Nullable List<String> next() throws IOException {
    if (next == -2) {
      next = in.read();
    }
    if (next == END) {
      return null;
    }
    List<String> cells = new ArrayList<>();
    int length = 0;
    do {
      String cell = next == '"' ? quoted() : plain();
      length += cell.length() + 1;
      if (length > LONGEST_LINE) {
        throw new IOException("a line that does not end");
      }
      cells.add(cell);
    } while (comma());
    return cells;
  }

  private String plain() throws IOException {
    StringBuilder cell = new StringBuilder();
    while (next != END && next != ',' && next != '\r' && next != '\n') {
      cell.append((char) take());
      if (cell.length() > LONGEST_LINE) {
        throw new IOException("a line that does not end");
      }
    }
    return cell.toString();
  }

  private String quoted() throws IOException {
    StringBuilder cell = new StringBuilder();
    take();
    while (true) {
      int read = take();
      if (read == END || cell.length() > LONGEST_LINE) {
        throw new IOException("a quote that does not end");
      }
      if (read != '"') {
        cell.append((char) read);
      } else if (next == '"') {
        cell.append((char) take());
      } else {
        return cell.toString();
      }
    }
  }

  /** Whether another cell follows; otherwise passes the line's end. */
  private boolean comma() throws IOException {
    if (next == ',') {
      take();
      return true;
    }
    if (next == '\r') {
      take();
    }
    if (next == '\n') {
      take();
    } else if (next != END) {
      throw new IOException("something between a quote and a comma");
    }
    return false;
  }

  private int take() throws IOException {
    int taken = next;
    next = in.read();
    return taken;
  }
}
