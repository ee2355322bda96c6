package io.tongbao.server.payment;

import io.tongbao.kernel.Money;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.server.channel.Maintenance;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The work that lets held payouts go when the cause has ended: the balance suffices, in the order
 * of acceptance; the day, the month or the maintenance is over; the month's average has room again.
 * Specification payout chapter 2, section 4.
 */
@Component
final class Releases implements Job {
  private static final int AT_A_TIME = 200;

  private record Purse(long broker, PayoutChannel channel) {}

  private final PayoutRows rows;
  private final PayoutMoves moves;
  private final Brokers brokers;
  private final MonthBook months;
  private final Maintenance maintenance;
  private final JdbcClient jdbc;
  private final Ledger ledger;

  Releases(
      PayoutRows rows,
      PayoutMoves moves,
      Brokers brokers,
      MonthBook months,
      Maintenance maintenance,
      JdbcClient jdbc,
      Ledger ledger) {
    this.rows = rows;
    this.moves = moves;
    this.brokers = brokers;
    this.months = months;
    this.maintenance = maintenance;
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  @Override
  public String name() {
    return "release-held";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    if (merchant.face() != Face.PAYOUT) {
      return 0;
    }
    int released = balance(merchant, now);
    for (HoldCause cause : HoldCause.values()) {
      if (cause != HoldCause.BALANCE) {
        for (Payout payout : rows.held(merchant.id(), cause, AT_A_TIME)) {
          released += hasEnded(payout, now) && release(payout, now) ? 1 : 0;
        }
      }
    }
    return released;
  }

  /** Lets go what the balances suffice for; who came first goes first. */
  int balance(Merchant dealer, Instant now) {
    Map<Purse, Money> left = new HashMap<>();
    int released = 0;
    for (Payout payout : rows.held(dealer.id(), HoldCause.BALANCE, AT_A_TIME)) {
      Purse purse = new Purse(payout.broker(), payout.channel());
      Money available = left.computeIfAbsent(purse, _ -> available(payout));
      if (isStaged(payout)) {
        if (wasToppedUp(payout)) {
          released += release(payout, now) ? 1 : 0;
        }
        continue;
      }
      if (payout.due().isMoreThan(available)) {
        left.put(purse, Money.ZERO);
        continue;
      }
      left.put(purse, available.minus(payout.due()));
      released += release(payout, now) ? 1 : 0;
    }
    return released;
  }

  private boolean hasEnded(Payout payout, Instant now) {
    Standing.Hold hold = payout.hold();
    if (hold == null) {
      return false;
    }
    Instant until = hold.until();
    boolean over = until != null && !now.isBefore(until);
    return over || (!hold.staged() && hasRoom(payout, hold.cause(), now));
  }

  private boolean hasRoom(Payout payout, HoldCause cause, Instant now) {
    return switch (cause) {
      case BALANCE, DAY_LIMIT -> false;
      case MAINTENANCE -> !maintenance.on(payout.channel().name());
      case TAX_AVERAGE, TAX_PERSON -> {
        Broker broker = brokers.byId(payout.merchant(), payout.broker()).orElseThrow();
        yield months.fits(payout, broker.terms(), now);
      }
    };
  }

  private boolean release(Payout payout, Instant now) {
    Standing next = payout.standing().to(PayoutStatus.READY, PayoutDetail.NONE, now);
    var change = moves.change(payout, next, List.of(PayoutEvent.RELEASED), now).build();
    return ledger.commit(change) instanceof Outcome.Committed;
  }

  private static boolean isStaged(Payout payout) {
    Standing.Hold hold = payout.hold();
    return hold != null && hold.staged();
  }

  private Money available(Payout payout) {
    Broker broker = brokers.byId(payout.merchant(), payout.broker()).orElseThrow();
    return brokers.balances(broker).of(payout.channel());
  }

  /** Row ids grow with time. */
  private boolean wasToppedUp(Payout payout) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT FROM payout_topup t
              WHERE t.merchant_id = ? AND t.broker_id = ? AND t.channel = ? AND t.id > ?)
            """)
        .params(payout.merchant(), payout.broker(), payout.channel().name(), payout.id())
        .query(Boolean.class)
        .single();
  }
}
