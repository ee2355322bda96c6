package io.tongbao.server.payment;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How a payout is taken in: checked as far as that needs no channel, given room of the day's limit,
 * and stored. What WeChat's day has no room for is queued for the next day, up to as much again;
 * beyond that it is refused. Specification payout chapter 1 and chapter 2, section 4.
 */
@Component
final class Acceptance {
  /** The setting that refuses what lacks money (2027) instead of holding it, {@code "true"}. */
  private final Brokers brokers;

  private final PayoutRows rows;
  private final PayeeSeal seal;
  private final Ledger ledger;

  Acceptance(Brokers brokers, PayoutRows rows, PayeeSeal seal, Ledger ledger) {
    this.brokers = brokers;
    this.rows = rows;
    this.seal = seal;
    this.ledger = ledger;
  }

  Payout accept(PayoutDraft draft) {
    Bytes fingerprint = fingerprint(draft);
    Optional<Payout> earlier = rows.find(draft.dealer().id(), draft.number());
    if (earlier.isPresent()) {
      return same(earlier.get(), fingerprint);
    }
    Broker broker = brokers.find(draft.dealer(), draft.broker());
    check(draft, broker);
    Payout payout = payout(draft, broker, fingerprint);
    return draft.pay().isZero() ? store(payout, empty(payout)) : reserve(draft.dealer(), payout);
  }

  private Payout reserve(Merchant dealer, Payout payout) {
    LocalDate today = BeijingTime.dayOf(payout.createdAt());
    Money limit = payout.channel().mostPerDay(dealer);
    Payout now = payout.with(Standing.accepted(new Standing.Reserved(today, false, null)));
    List<RowWrite> room = List.of(Reservations.day(payout, today, limit));
    return switch (commit(now, List.of(), false, room)) {
      case Outcome.Committed _ -> now;
      case Outcome.Refused refused -> throw refusal(refused);
      case Outcome.Conflict conflict -> {
        if (!conflict.row().equals(Reservations.DAY)) {
          yield stored(payout);
        }
        if (!payout.channel().queues()) {
          throw overDay(limit);
        }
        yield queue(dealer, payout, limit);
      }
    };
  }

  /** The next day is full; today may have room all the same, where something was cancelled. */
  private Payout squeeze(Payout payout, Money limit) {
    LocalDate today = BeijingTime.dayOf(payout.createdAt());
    Payout now = payout.with(Standing.accepted(new Standing.Reserved(today, false, null)));
    List<RowWrite> room = List.of(Reservations.dayBeforeQueue(payout, today, limit));
    return switch (commit(now, List.of(), false, room)) {
      case Outcome.Committed _ -> now;
      case Outcome.Refused refused -> throw refusal(refused);
      case Outcome.Conflict conflict -> {
        if (conflict.row().equals(PayoutRows.NEW)) {
          yield stored(payout);
        }
        throw overDay(limit.plus(limit));
      }
    };
  }

  private Payout queue(Merchant dealer, Payout payout, Money limit) {
    LocalDate today = BeijingTime.dayOf(payout.createdAt());
    LocalDate tomorrow = today.plusDays(1);
    Standing.Hold hold =
        new Standing.Hold(HoldCause.DAY_LIMIT, BeijingTime.startOf(tomorrow), false);
    Payout queued =
        payout.with(Standing.accepted(new Standing.Reserved(tomorrow, true, null)).held(hold));
    List<RowWrite> room = new ArrayList<>();
    room.add(Reservations.queue(payout, today, limit.plus(limit)));
    room.add(Reservations.day(payout, tomorrow, limit));
    room.addAll(PayoutNews.rows(dealer, queued, queued.standing(), payout.createdAt()));
    boolean told = PayoutNews.tells(dealer, queued, PayoutStatus.HELD);
    return switch (commit(queued, List.of(PayoutEvent.HELD), told, room)) {
      case Outcome.Committed _ -> queued;
      case Outcome.Refused refused -> throw refusal(refused);
      case Outcome.Conflict conflict -> {
        yield switch (conflict.row()) {
          case PayoutRows.NEW -> stored(payout);
          case Reservations.DAY -> squeeze(payout, limit);
          default -> throw overDay(limit.plus(limit));
        };
      }
    };
  }

  private Payout store(Payout payout, List<PayoutEvent> events) {
    return switch (commit(payout, events, false, List.of())) {
      case Outcome.Committed _ -> payout;
      case Outcome.Refused refused -> throw refusal(refused);
      case Outcome.Conflict _ -> stored(payout);
    };
  }

  private Outcome commit(
      Payout payout, List<PayoutEvent> events, boolean told, List<RowWrite> also) {
    return ledger.commit(
        Change.at(payout.createdAt())
            .writeAll(rows.open(payout, events, told))
            .writeAll(also)
            .build());
  }

  /** Somebody else has stored the number since it was looked for. */
  private Payout stored(Payout payout) {
    return rows.find(payout.merchant(), payout.number())
        .map(earlier -> same(earlier, payout.fingerprint()))
        .orElseThrow(() -> rows.taken(payout.merchant(), payout.number()));
  }

  private static Payout same(Payout earlier, Bytes fingerprint) {
    if (!earlier.fingerprint().equals(fingerprint)) {
      throw Refusal.of(Reason.ORDER_EXISTS, earlier.ref());
    }
    return earlier;
  }

  private static List<PayoutEvent> empty(Payout payout) {
    return payout.status() == PayoutStatus.NOTHING_TO_PAY ? List.of(PayoutEvent.EMPTY) : List.of();
  }

  private void check(PayoutDraft draft, Broker broker) {
    PayoutChannel channel = draft.channel();
    if (!broker.opens(channel)) {
      throw Refusal.of(Reason.CHANNEL_NOT_CONFIGURED, channel.words());
    }
    Money pay = draft.pay();
    if (pay.isNegative()) {
      throw Refusal.of(Reason.NEGATIVE_AMOUNT, "pay");
    }
    if (pay.isZero()) {
      return;
    }
    Money most = channel.most(draft.dealer());
    if (channel.least().isMoreThan(pay)) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "pay 单笔最低" + channel.least() + "元");
    }
    if (pay.isMoreThan(most)) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "pay 单笔最高" + most + "元，请分拆");
    }
    if (draft.dealer().allows(DealerSettings.REFUSE_SHORT)
        && pay.plus(broker.fee(pay)).isMoreThan(brokers.balances(broker).of(channel))) {
      throw Refusal.of(Reason.INSUFFICIENT_BALANCE);
    }
  }

  private Payout payout(PayoutDraft draft, Broker broker, Bytes fingerprint) {
    Instant now = draft.now();
    Standing accepted = Standing.accepted(Standing.Reserved.NOTHING);
    return new Payout(
        draft.dealer().id(),
        Ids.next(),
        draft.number(),
        Ids.twentyDigits(),
        draft.channel(),
        broker.id(),
        broker.code(),
        draft.pay(),
        broker.fee(draft.pay()),
        draft.pay().isZero()
            ? accepted.to(PayoutStatus.NOTHING_TO_PAY, PayoutDetail.NONE, now)
            : accepted,
        draft.payee(),
        seal.marks(draft.dealer().id(), draft.channel(), draft.payee()),
        draft.words(),
        PayoutNews.url(draft.dealer()).orElse(null),
        fingerprint,
        0,
        now,
        List.of());
  }

  private Bytes fingerprint(PayoutDraft draft) {
    Payee payee = draft.payee();
    return seal.fingerprint(
        draft.dealer().id(),
        "payout",
        draft.number(),
        draft.channel().name(),
        draft.broker(),
        payee.name(),
        payee.account(),
        payee.idCard(),
        payee.phone(),
        draft.pay().fen(),
        draft.words().anchorId(),
        draft.words().notes(),
        draft.words().payRemark());
  }

  private static Refusal overDay(Money limit) {
    return Refusal.of(Reason.RULE_LIMIT, "pay 超过单日打款限额" + limit + "元，请于次日再试");
  }

  private static Refusal refusal(Outcome.Refused refused) {
    return Refusal.of(refused.reason() == Outcome.Reason.BUSY ? Reason.BUSY : Reason.INTERNAL);
  }
}
