package io.tongbao.server.channel;

import io.tongbao.ledger.Outcome;

/** What became of an answer that a {@link Settlement} was given. */
public sealed interface Applied {

  /** The order moved, and the request is closed. */
  record Done() implements Applied {}

  /** Somebody else applied an equal answer first; nothing changed. */
  record Repeated() implements Applied {}

  /** The order cannot take this answer (settled after it was closed, say): people decide. */
  record Contradicted(String why) implements Applied {}

  /** Not now: the ledger is busy. The channel is queried again. */
  record Later(String why) implements Applied {}

  /**
   * The usual reading of the ledger's outcome. A conflict means that the request or the order had
   * moved already; a refusal other than busy is a contradiction.
   */
  static Applied of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed committed -> committed.replayed() ? new Repeated() : new Done();
      case Outcome.Conflict _ -> new Repeated();
      case Outcome.Refused refused ->
          refused.reason() == Outcome.Reason.BUSY
              ? new Later("ledger busy")
              : new Contradicted("ledger refused: " + refused.reason());
    };
  }
}
