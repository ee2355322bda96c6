package io.tongbao.server.payment;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.Maintenance;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What happens to a payout whose turn has come: it is refused for its data, held, or its money is
 * set aside and the channel asked, in one commit with the room that it takes of limits. What stands
 * in the way is not looked up before but learnt from that commit, so that nothing slips in between.
 */
@Component
final class Dispatch {
  private static final Pattern USER_ID = Pattern.compile("\\A2088[0-9]{12}\\z");

  private final Brokers brokers;
  private final PayoutMoves moves;
  private final PayoutRows rows;
  private final MonthBook months;
  private final Maintenance maintenance;
  private final ObjectProvider<StagedHolds> staged;
  private final Ledger ledger;

  Dispatch(
      Brokers brokers,
      PayoutMoves moves,
      PayoutRows rows,
      MonthBook months,
      Maintenance maintenance,
      ObjectProvider<StagedHolds> staged,
      Ledger ledger) {
    this.brokers = brokers;
    this.moves = moves;
    this.rows = rows;
    this.months = months;
    this.maintenance = maintenance;
    this.staged = staged;
    this.ledger = ledger;
  }

  /**
   * What is read once for many payouts that are sent together.
   *
   * @param brokers the payouts' brokers, by row id
   * @param closed channels in maintenance
   * @param now the merchant's clock
   */
  record Round(
      Merchant dealer, Map<Long, Broker> brokers, Set<PayoutChannel> closed, Instant now) {}

  Round round(Merchant dealer, Instant now) {
    Map<Long, Broker> known =
        brokers.all(dealer).stream().collect(Collectors.toMap(Broker::id, broker -> broker));
    Set<PayoutChannel> closed = EnumSet.noneOf(PayoutChannel.class);
    for (PayoutChannel channel : PayoutChannel.values()) {
      if (maintenance.on(channel.name())) {
        closed.add(channel);
      }
    }
    return new Round(dealer, known, closed, now);
  }

  /** Does it; whether the payout moved. */
  boolean send(Round round, Payout payout) {
    Merchant dealer = round.dealer();
    Instant now = round.now();
    if (!isIdentified(payout)) {
      return reject(payout, PayoutDetail.IDENTITY_MISSING, now);
    }
    Broker broker = Objects.requireNonNull(round.brokers().get(payout.broker()));
    List<Part> parts = Split.of(payout, broker.terms());
    if (parts.stream().anyMatch(part -> payout.channel().least().isMoreThan(part.amount()))) {
      return reject(payout, PayoutDetail.WXPAY_AMOUNT, now);
    }
    Optional<Standing.Hold> wished =
        payout.standing().timesHeld() > 0
            ? Optional.empty()
            : staged.stream().findFirst().flatMap(each -> each.of(payout.pay(), now));
    if (wished.isPresent()) {
      return hold(payout, wished.get(), now);
    }
    if (round.closed().contains(payout.channel())) {
      return hold(payout, new Standing.Hold(HoldCause.MAINTENANCE, null, false), now);
    }
    Outcome outcome = ledger.commit(asking(dealer, payout, broker, parts, now));
    return switch (outcome) {
      case Outcome.Committed _ -> true;
      case Outcome.Refused refused ->
          refused.reason() != Outcome.Reason.BUSY
              && hold(payout, new Standing.Hold(HoldCause.BALANCE, null, false), now);
      case Outcome.Conflict conflict -> hindered(payout, broker, conflict.row(), now);
    };
  }

  /** Who is paid must be told for the taxes; only an Alipay USERID may come without a name. */
  private static boolean isIdentified(Payout payout) {
    Payee payee = payout.payee();
    boolean userId =
        payout.channel() == PayoutChannel.ALIPAY
            && USER_ID.matcher(payee.account().reveal()).matches();
    return payee.idCard() != null && (payee.name() != null || userId);
  }

  private Change asking(
      Merchant dealer, Payout payout, Broker broker, List<Part> parts, Instant now) {
    LocalDate today = BeijingTime.dayOf(now);
    LocalDate month = Months.of(now);
    Standing standing = payout.standing();
    Standing next =
        standing
            .to(PayoutStatus.PAYING, PayoutDetail.NONE, now)
            .reserving(standing.reserved().on(today).in(month));
    Change.Builder change = moves.change(payout, next, path(payout, PayoutEvent.ASKED), now);
    change.writeAll(room(dealer, payout, broker, now));
    for (Part part : parts) {
      change
          .move(freeze(payout, broker, part))
          .write(PartRows.open(payout, part))
          .write(ChannelRequests.opening(Asked.request(payout, part, now)));
    }
    return change.build();
  }

  private static List<RowWrite> room(Merchant dealer, Payout payout, Broker broker, Instant now) {
    LocalDate today = BeijingTime.dayOf(now);
    List<RowWrite> room = new ArrayList<>();
    if (!today.equals(payout.standing().reserved().day())) {
      room.add(Reservations.day(payout, today, payout.channel().mostPerDay(dealer)));
    }
    if (payout.channel() == PayoutChannel.WXPAY) {
      room.add(Reservations.gap(payout, now));
      room.add(Reservations.time(payout, today));
    }
    room.add(Reservations.month(payout, broker.terms(), Months.of(now)));
    return room;
  }

  private static Movement freeze(Payout payout, Broker broker, Part part) {
    long account = broker.accounts().of(payout.channel());
    long amount = part.amount().plus(part.fee()).fen();
    return new Movement.Freeze(part.hold(), account, amount, payout.id(), "payout");
  }

  private boolean hindered(Payout payout, Broker broker, String row, Instant now) {
    return switch (row) {
      case Reservations.GAP -> {
        rows.postpone(payout, months.paidLast(payout).plus(Reservations.LEAST_GAP));
        yield false;
      }
      case Reservations.TIMES -> reject(payout, PayoutDetail.WXPAY_COUNT, now);
      case Reservations.DAY -> {
        Instant tomorrow = BeijingTime.startOf(BeijingTime.dayOf(now).plusDays(1));
        yield hold(payout, new Standing.Hold(HoldCause.DAY_LIMIT, tomorrow, false), now);
      }
      case Reservations.MONTH ->
          hold(
              payout,
              new Standing.Hold(
                  months.hindrance(payout, broker.terms(), now), Months.end(now), false),
              now);
      default -> false; // somebody else has moved it
    };
  }

  private boolean reject(Payout payout, PayoutDetail why, Instant now) {
    Standing next = payout.standing().to(PayoutStatus.FAILED, why, now);
    return commit(moves.change(payout, next, List.of(PayoutEvent.REJECTED), now));
  }

  private boolean hold(Payout payout, Standing.Hold hold, Instant now) {
    Standing next = payout.standing().held(hold);
    if (hold.cause() == HoldCause.DAY_LIMIT) {
      // Its own day is over, and this one is full.
      next = next.reserving(new Standing.Reserved(null, next.reserved().queued(), null));
    }
    return commit(moves.change(payout, next, List.of(PayoutEvent.HELD), now));
  }

  private boolean commit(Change.Builder change) {
    return ledger.commit(change.build()) instanceof Outcome.Committed;
  }

  private static List<PayoutEvent> path(Payout payout, PayoutEvent last) {
    return payout.status() == PayoutStatus.ACCEPTED
        ? List.of(PayoutEvent.CLEARED, last)
        : List.of(last);
  }
}
