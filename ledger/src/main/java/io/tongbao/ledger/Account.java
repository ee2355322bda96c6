package io.tongbao.ledger;

/**
 * An account as it stood when it was read.
 *
 * @param owner the member's row id; 0 for the application itself
 * @param floor fen below which the balance never falls; 0 except for the outside world's accounts
 * @param version how many entries it has
 */
public record Account(
    long id,
    int merchant,
    long owner,
    String setNo,
    Balance balance,
    long floor,
    long version,
    boolean locked) {}
