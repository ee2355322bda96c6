package io.tongbao.ledger;

import java.util.concurrent.CompletableFuture;

/** What a batch says to one of its callers. */
sealed interface Verdict {
  void tell(CompletableFuture<Outcome> answer);

  record Answer(Outcome outcome) implements Verdict {
    @Override
    public void tell(CompletableFuture<Outcome> answer) {
      answer.complete(outcome);
    }
  }

  record Fault(Exception cause) implements Verdict {
    @Override
    public void tell(CompletableFuture<Outcome> answer) {
      answer.completeExceptionally(new LedgerFault("the change cannot be written", cause));
    }
  }
}
