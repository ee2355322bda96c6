package io.tongbao.server.merchant;

import java.util.Locale;

/** One of the five published interfaces. Stored by its lower-case {@link #code()}. */
public enum Face {
  ESCROW,
  PAYOUT,
  QUICKPASS,
  FINDCARD,
  WITHHOLD;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Face of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
