package io.tongbao.ledger;

/** An account as it stands at one moment under the batch's lock. Amounts are fen. */
record AccountState(
    long id, int merchant, long balance, long frozen, long floor, long version, boolean locked) {

  long available() {
    return balance - frozen - floor;
  }

  /** After one more entry. */
  AccountState posted(long amount) {
    long after = Math.addExact(balance, amount);
    return new AccountState(id, merchant, after, frozen, floor, version + 1, locked);
  }

  AccountState withFrozen(long newFrozen) {
    return new AccountState(id, merchant, balance, newFrozen, floor, version, locked);
  }

  AccountState withLocked(boolean newLocked) {
    return new AccountState(id, merchant, balance, frozen, floor, version, newLocked);
  }
}
