package io.tongbao.server.recon;

import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * The port of a kind of file that is published several times for the same day, a line for each
 * thing that happened. A later publication may only change lines that were open in the one before.
 */
public interface LineBook {

  /** Whose merchants get it. */
  Face face();

  /** Which file of the face, such as {@code "payout-orders"}. */
  String kind();

  /** When it is published on the day after, in Beijing time, earliest first. */
  List<LocalTime> cuts();

  /** The file's name, unique for the merchant. */
  String name(Merchant merchant, LocalDate day);

  /** The first day on which there is anything; empty while there is not. */
  Optional<LocalDate> firstDay(Merchant merchant);

  /** The names of the columns. */
  List<String> columns();

  /**
   * Gives the day's lines one by one, in an order that does not change.
   *
   * @param snapshot shows the same moment here and in {@link #journal}
   */
  Totals write(Connection snapshot, Merchant merchant, LocalDate day, Sink sink)
      throws SQLException, IOException;

  /** What the ledger says of what {@link #write} adds up. */
  Totals journal(Connection snapshot, Merchant merchant, LocalDate day) throws SQLException;

  /**
   * A line.
   *
   * @param key unique within the day's file, and the same in each publication
   * @param open whether a later publication may say something else
   * @param cells one per column
   * @param earlier what the line would have said before, newest first: one that was not open when
   *     it was published goes on saying what it said
   */
  record Line(String key, boolean open, List<String> cells, List<List<String>> earlier) {
    public Line {
      cells = List.copyOf(cells);
      earlier = List.copyOf(earlier);
    }
  }

  /** Takes the lines. */
  interface Sink {
    void line(Line line) throws SQLException, IOException;
  }
}
