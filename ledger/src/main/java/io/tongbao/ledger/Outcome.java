package io.tongbao.ledger;

/** What became of a change. */
public sealed interface Outcome {

  /**
   * Everything is durable.
   *
   * @param transaction the ledger transaction's id; 0 for a change without a key and movements
   * @param replayed whether an earlier call with the same key and fingerprint did it
   */
  record Committed(long transaction, boolean replayed) implements Outcome {}

  /** The ledger's rules forbid it; nothing was changed. */
  record Refused(Reason reason, long account) implements Outcome {}

  /** A row write hit no row, or an insert met its unique key; nothing was changed. */
  record Conflict(String row) implements Outcome {}

  enum Reason {
    /** The available balance (balance less frozen less floor) is too small. */
    INSUFFICIENT,
    ACCOUNT_UNKNOWN,
    ACCOUNT_LOCKED,
    HOLD_UNKNOWN,
    /** More asked of a hold than remains. */
    HOLD_EXCEEDED,
    /** The key was used with another fingerprint. */
    KEY_REUSED,
    /** More changes wait than the queue takes; nothing was tried. */
    BUSY
  }
}
