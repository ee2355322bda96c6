package io.tongbao.ledger;

/** A hold as it stands at one moment; its account's lock guards it. Amounts are fen. */
record HoldState(long id, long account, long remaining) {
  HoldState less(long amount) {
    return new HoldState(id, account, remaining - amount);
  }
}
