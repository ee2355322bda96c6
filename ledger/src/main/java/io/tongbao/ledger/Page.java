package io.tongbao.ledger;

import io.tongbao.ledger.Movement.Capture;
import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Lock;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Movement.Unfreeze;
import io.tongbao.ledger.Outcome.Conflict;
import io.tongbao.ledger.Outcome.Reason;
import io.tongbao.ledger.Outcome.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one change does, written on a page of its own beside the book: the accounts and holds after
 * it, and the lines to store. The book itself changes only when the page is accepted.
 */
final class Page {
  /** One entry: the account as it stands after it. */
  record Line(AccountState after, long amount, @Nullable String remark) {}

  /** One move of a hold; the frozen sum and the remainder are those after it. */
  record HoldMove(
      String kind, long hold, long account, long amount, long frozenAfter, long remainingAfter) {}

  /** A hold that begins. */
  record Opening(Freeze freeze, int merchant) {}

  static final String FREEZE = "freeze";
  private static final String UNFREEZE = "unfreeze";
  private static final String CAPTURE = "capture";
  private static final long NO_ACCOUNT = Long.MIN_VALUE;

  private final Book book;
  final Map<Long, AccountState> accounts = new LinkedHashMap<>();
  final Map<Long, HoldState> holds = new HashMap<>();
  final List<Line> lines = new ArrayList<>();
  final List<HoldMove> moves = new ArrayList<>();
  final List<Opening> openings = new ArrayList<>();
  final List<AccountState> locks = new ArrayList<>();

  Page(Book book) {
    this.book = book;
  }

  /** Writes one movement down; says why not where it may not be. */
  @Nullable Outcome write(Movement movement) {
    return switch (movement) {
      case Post post -> post(post.legs(), NO_ACCOUNT);
      case Freeze freeze -> freeze(freeze);
      case Unfreeze unfreeze -> release(unfreeze.hold(), unfreeze.amount(), UNFREEZE);
      case Capture capture -> capture(capture);
      case Lock lock -> lock(lock);
    };
  }

  /** The merchant of the first account that the page touches; 0 where it touches none. */
  int merchant() {
    return accounts.values().stream().mapToInt(AccountState::merchant).findFirst().orElse(0);
  }

  private @Nullable Outcome post(List<Leg> legs, long captured) {
    for (Leg leg : legs) {
      Outcome refusal = post(leg, captured);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable Outcome post(Leg leg, long captured) {
    AccountState account = account(leg.account());
    if (account == null) {
      return new Refused(Reason.ACCOUNT_UNKNOWN, leg.account());
    }
    boolean leaving = leg.amount() < 0;
    // Money under a hold is already on its way out: locking its account does not stop it.
    if (account.locked() && !(leaving && account.id() == captured)) {
      return new Refused(Reason.ACCOUNT_LOCKED, account.id());
    }
    if (leaving && account.available() < -leg.amount()) {
      return new Refused(Reason.INSUFFICIENT, account.id());
    }
    AccountState after = account.posted(leg.amount());
    accounts.put(after.id(), after);
    lines.add(new Line(after, leg.amount(), leg.remark()));
    return null;
  }

  private @Nullable Outcome freeze(Freeze freeze) {
    AccountState account = account(freeze.account());
    if (account == null) {
      return new Refused(Reason.ACCOUNT_UNKNOWN, freeze.account());
    }
    if (hold(freeze.hold()) != null) {
      return new Conflict("hold");
    }
    if (account.locked()) {
      return new Refused(Reason.ACCOUNT_LOCKED, account.id());
    }
    if (account.available() < freeze.amount()) {
      return new Refused(Reason.INSUFFICIENT, account.id());
    }
    AccountState after = account.withFrozen(account.frozen() + freeze.amount());
    HoldState hold = new HoldState(freeze.hold(), account.id(), freeze.amount());
    accounts.put(after.id(), after);
    holds.put(hold.id(), hold);
    openings.add(new Opening(freeze, account.merchant()));
    moves.add(move(FREEZE, hold, after, freeze.amount()));
    return null;
  }

  private @Nullable Outcome release(long id, long amount, String kind) {
    HoldState hold = hold(id);
    AccountState account = hold == null ? null : account(hold.account());
    if (hold == null || account == null) {
      return new Refused(Reason.HOLD_UNKNOWN, 0);
    }
    if (hold.remaining() < amount) {
      return new Refused(Reason.HOLD_EXCEEDED, account.id());
    }
    AccountState after = account.withFrozen(account.frozen() - amount);
    HoldState rest = hold.less(amount);
    accounts.put(after.id(), after);
    holds.put(id, rest);
    moves.add(move(kind, rest, after, amount));
    return null;
  }

  private @Nullable Outcome capture(Capture capture) {
    Outcome refusal = release(capture.hold(), capture.amount(), CAPTURE);
    if (refusal != null) {
      return refusal;
    }
    long account = moves.getLast().account();
    long debited = 0;
    for (Leg leg : capture.legs()) {
      if (leg.account() == account && leg.amount() < 0) {
        debited = Math.addExact(debited, -leg.amount());
      }
    }
    if (debited > capture.amount()) {
      return new Refused(Reason.HOLD_EXCEEDED, account);
    }
    return post(capture.legs(), account);
  }

  private @Nullable Outcome lock(Lock lock) {
    AccountState account = account(lock.account());
    if (account == null) {
      return new Refused(Reason.ACCOUNT_UNKNOWN, lock.account());
    }
    if (account.locked() != lock.locked()) {
      AccountState after = account.withLocked(lock.locked());
      accounts.put(after.id(), after);
      locks.add(after);
    }
    return null;
  }

  private static HoldMove move(String kind, HoldState hold, AccountState after, long amount) {
    return new HoldMove(kind, hold.id(), after.id(), amount, after.frozen(), hold.remaining());
  }

  private @Nullable AccountState account(long id) {
    AccountState mine = accounts.get(id);
    return mine != null ? mine : book.accounts.get(id);
  }

  private @Nullable HoldState hold(long id) {
    HoldState mine = holds.get(id);
    return mine != null ? mine : book.holds.get(id);
  }
}
