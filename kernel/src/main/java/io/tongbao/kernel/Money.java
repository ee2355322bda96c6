package io.tongbao.kernel;

import java.util.regex.Pattern;

/**
 * An amount of renminbi in fen, exact, of either sign. Arithmetic throws on overflow. Text comes in
 * through {@link #parseFen} and {@link #parseYuan} only: both refuse everything but plain ASCII
 * digits, because the JDK's own parsers take exponents, signs and full-width digits.
 */
public record Money(long fen) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);

  /** The largest amount that one order may carry: ten million million fen. */
  public static final Money MAX = new Money(10_000_000_000_000L);

  private static final Pattern FEN = Pattern.compile("\\A(?:0|[1-9][0-9]{0,12})\\z");
  private static final Pattern YUAN =
      Pattern.compile("\\A(?:0|[1-9][0-9]{0,8})(?:\\.[0-9]{1,2})?\\z");

  public static Money ofFen(long fen) {
    return fen == 0 ? ZERO : new Money(fen);
  }

  /** Reads whole fen, such as {@code "100"}. */
  public static Money parseFen(String text) {
    if (!FEN.matcher(text).matches()) {
      throw Refusal.of(Refusal.Reason.BAD_AMOUNT, "amount");
    }
    return ofFen(Long.parseLong(text));
  }

  /** Reads yuan with at most two decimals, such as {@code "12.3"}. */
  public static Money parseYuan(String text) {
    if (!YUAN.matcher(text).matches()) {
      throw Refusal.of(Refusal.Reason.BAD_AMOUNT, "amount");
    }
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    String cents = dot < 0 ? "" : text.substring(dot + 1);
    long fen = Long.parseLong(whole) * 100;
    if (!cents.isEmpty()) {
      fen += Long.parseLong(cents) * (cents.length() == 1 ? 10 : 1);
    }
    return ofFen(fen);
  }

  public Money plus(Money other) {
    return ofFen(Math.addExact(fen, other.fen));
  }

  public Money minus(Money other) {
    return ofFen(Math.subtractExact(fen, other.fen));
  }

  public Money negated() {
    return ofFen(Math.negateExact(fen));
  }

  public boolean isZero() {
    return fen == 0;
  }

  public boolean isPositive() {
    return fen > 0;
  }

  public boolean isNegative() {
    return fen < 0;
  }

  public boolean isMoreThan(Money other) {
    return fen > other.fen;
  }

  /** Yuan with exactly two decimals, such as {@code "12.30"}. */
  public String yuan() {
    long whole = Math.abs(fen / 100);
    long cents = Math.abs(fen % 100);
    return (fen < 0 ? "-" : "") + whole + "." + (cents < 10 ? "0" : "") + cents;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(fen, other.fen);
  }

  @Override
  public String toString() {
    return yuan();
  }
}
