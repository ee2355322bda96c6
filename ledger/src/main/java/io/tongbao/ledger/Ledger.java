package io.tongbao.ledger;

/** The one way to move money. */
public interface Ledger {

  /**
   * Commits a change, or says why not. Blocks until the answer is durable. Meant to be called from
   * many virtual threads at once: concurrent changes share one database commit.
   */
  Outcome commit(Change change);
}
