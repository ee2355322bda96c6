package io.tongbao.server.recon;

import java.util.List;

/**
 * Lines of comma-separated values as RFC 4180 has them, safe to open in a spreadsheet: a cell that
 * would be taken for a formula begins with an apostrophe (THREATS T-X11).
 */
public final class Csv {
  /** What a file says where there is nothing to say; printed so, and no formula. */
  public static final String NOTHING = "-/-";

  private static final String END = "\r\n";

  private Csv() {}

  public static String line(List<String> cells) {
    StringBuilder line = new StringBuilder(200);
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      append(line, cells.get(i));
    }
    return line.append(END).toString();
  }

  private static void append(StringBuilder line, String cell) {
    String safe = isFormula(cell) ? "'" + cell : cell;
    boolean quotes = safe.chars().anyMatch(Csv::separates);
    if (!quotes) {
      line.append(safe);
      return;
    }
    line.append('"').append(safe.replace("\"", "\"\"")).append('"');
  }

  private static boolean isFormula(String cell) {
    return !cell.isEmpty()
        && "=+-@\t\r\0＝＋－＠".indexOf(cell.charAt(0)) >= 0
        && !cell.equals(NOTHING);
  }

  private static boolean separates(int letter) {
    return letter == ',' || letter == '"' || letter == '\r' || letter == '\n';
  }
}
