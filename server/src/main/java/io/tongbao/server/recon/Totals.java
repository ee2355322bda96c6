package io.tongbao.server.recon;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many there were of each type, and how much: what a file and the journal must agree on.
 *
 * @param byType fen and counts; types without any are left out
 */
public record Totals(Map<String, Total> byType) {
  public static final Totals NONE = new Totals(Map.of());

  public Totals {
    byType = Map.copyOf(byType);
  }

  /** Of one type. */
  public record Total(long count, long fen) {}

  /** With more of one type. */
  public Totals plus(String type, long count, long fen) {
    Map<String, Total> more = new TreeMap<>(byType);
    more.merge(
        type,
        new Total(count, fen),
        (one, two) ->
            new Total(
                Math.addExact(one.count(), two.count()), Math.addExact(one.fen(), two.fen())));
    return new Totals(more);
  }

  public long count() {
    return byType.values().stream().mapToLong(Total::count).sum();
  }

  /** Such as {@code "REFUND 2 300, WITHDRAWAL 1 500"}; equal totals have equal texts. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(byType)
        .forEach((type, total) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(type)
                .append(' ')
                .append(total.count())
                .append(' ')
                .append(total.fen()));
    return text.toString();
  }
}
