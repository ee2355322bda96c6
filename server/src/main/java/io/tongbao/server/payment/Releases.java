package io.tongbao.server.payment;

import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.channel.Maintenance;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The work that lets held payouts go when the cause has ended: the balance suffices, in the order
 * of acceptance; the day, the month or the maintenance is over; the month's limits have room again.
 * Specification payout chapter 2, section 4.
 */
@Component
final class Releases implements Job {
  private static final int AT_A_TIME = 200;

  private final HeldRows held;
  private final PayoutRows rows;
  private final PayoutMoves moves;
  private final Maintenance maintenance;
  private final Ledger ledger;
  private final Map<Integer, String> noRoom = new ConcurrentHashMap<>();

  Releases(
      HeldRows held, PayoutRows rows, PayoutMoves moves, Maintenance maintenance, Ledger ledger) {
    this.held = held;
    this.rows = rows;
    this.moves = moves;
    this.maintenance = maintenance;
    this.ledger = ledger;
  }

  @Override
  public String name() {
    return "release-held";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    if (merchant.face() != Face.PAYOUT || !held.any(merchant.id())) {
      return 0;
    }
    return balance(merchant, now) + release(merchant, ended(merchant.id(), now), now);
  }

  /** Lets go what the balances suffice for; who came first goes first. */
  int balance(Merchant dealer, Instant now) {
    return release(dealer, held.funded(dealer.id(), AT_A_TIME), now)
        + release(dealer, held.toppedUp(dealer.id(), AT_A_TIME), now);
  }

  private Set<Long> ended(int merchant, Instant now) {
    Set<Long> ended = new LinkedHashSet<>(held.over(merchant, now, AT_A_TIME));
    for (PayoutChannel channel : PayoutChannel.values()) {
      if (!maintenance.on(channel.name())) {
        ended.addAll(held.maintained(merchant, channel, AT_A_TIME));
      }
    }
    ended.addAll(inMonth(merchant, Months.of(now)));
    return ended;
  }

  /** Looks through all of them only where something has changed since there was no room for any. */
  private List<Long> inMonth(int merchant, LocalDate month) {
    String room = month + ": " + held.room(merchant, month);
    if (room.equals(noRoom.get(merchant))) {
      return List.of();
    }
    List<Long> found = held.inMonth(merchant, month, AT_A_TIME);
    if (found.isEmpty()) {
      noRoom.put(merchant, room);
    }
    return found;
  }

  private int release(Merchant dealer, Collection<Long> ids, Instant now) {
    int released = 0;
    for (long id : ids) {
      Optional<Payout> payout = rows.byId(dealer.id(), id);
      boolean waits = payout.filter(each -> each.status() == PayoutStatus.HELD).isPresent();
      released += waits && release(payout.get(), now) ? 1 : 0;
    }
    return released;
  }

  private boolean release(Payout payout, Instant now) {
    Standing next = payout.standing().to(PayoutStatus.READY, PayoutDetail.NONE, now);
    Change change = moves.change(payout, next, List.of(PayoutEvent.RELEASED), now).build();
    return ledger.commit(change) instanceof Outcome.Committed;
  }
}
