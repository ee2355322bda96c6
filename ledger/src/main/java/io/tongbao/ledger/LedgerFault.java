package io.tongbao.ledger;

/**
 * An accident of the ledger: a bug in a change, or a database that cannot be reached. Nothing of
 * the change is committed, unless the message says that this is unknown.
 */
public final class LedgerFault extends RuntimeException {
  LedgerFault(String message, Throwable cause) {
    super(message, cause);
  }
}
