package io.tongbao.ledger;

/**
 * Something that is true at any time.
 *
 * @param id such as {@code "I-01"}; several statements may share one
 * @param statement what is true, in words
 * @param sql selects what contradicts it, with telling column names; no row is good
 */
public record Invariant(String id, String statement, String sql) {}
