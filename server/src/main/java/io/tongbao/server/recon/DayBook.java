package io.tongbao.server.recon;

import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;

/** The port of a kind of daily file: what it is called, when it is cut, and what stands in it. */
public interface DayBook {

  /** Whose merchants get it. */
  Face face();

  /** Which daily file of the face, such as {@code "allinpay"}. */
  String kind();

  /** When it is cut on the day after, in Beijing time. */
  LocalTime cut();

  /** The file's name, unique for the merchant. */
  String name(Merchant merchant, LocalDate day);

  /**
   * Writes the day's lines, line by line.
   *
   * @param snapshot shows the same moment here and in {@link #journal}
   */
  Totals write(Connection snapshot, Merchant merchant, LocalDate day, Writer out)
      throws SQLException, IOException;

  /** What the ledger says of the same day. */
  Totals journal(Connection snapshot, Merchant merchant, LocalDate day) throws SQLException;
}
