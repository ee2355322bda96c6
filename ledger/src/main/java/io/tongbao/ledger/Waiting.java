package io.tongbao.ledger;

import java.util.concurrent.CompletableFuture;

/** A change in the queue and the answer that its caller waits for. */
record Waiting(Change change, CompletableFuture<Outcome> answer) {
  Waiting(Change change) {
    this(change, new CompletableFuture<>());
  }
}
