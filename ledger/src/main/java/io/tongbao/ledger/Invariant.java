package io.tongbao.ledger;

/**
 * Something that is true at any time.
 *
 * <p>Where {@code sql} says {@code :since}, an audit may leave out what was written before that
 * moment of the database's clock, because it has seen it in order once. It must then find all that
 * is wrong with what was written since. A statement without the word is always about everything.
 *
 * @param id such as {@code "I-01"}; several statements may share one
 * @param statement what is true, in words
 * @param sql selects what contradicts it, with telling column names; no row is good
 */
public record Invariant(String id, String statement, String sql) {
  /** Before all that was ever written. */
  public static final String EVER = "-infinity";

  private static final String SINCE = ":since";

  /** What contradicts it, in all that was written since, as the database spells a moment. */
  public String since(String moment) {
    return sql.replace(SINCE, "'" + moment + "'::timestamptz");
  }
}
