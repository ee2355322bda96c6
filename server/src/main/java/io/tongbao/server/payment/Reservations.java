package io.tongbao.server.payment;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.ledger.RowWrite;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What payouts take of limits, as guarded writes of the commit that takes it: many at the same time
 * never take more than there is (THREATS T2-5). Counted are a dealer's amounts of a channel and
 * day, one WeChat account's payments of a day and the time between two, and a broker's amounts of a
 * month, in all and per person. What ends unpaid is given back, but for an account's payments and
 * their times: those are counted as they are asked for.
 */
final class Reservations {
  /** In conflict: the day has no room left. */
  static final String DAY = "payout day";

  /** In conflict: the day's queue for the next day has no room left. */
  static final String QUEUE = "payout queue";

  /** In conflict: the account was paid often enough on this day. */
  static final String TIMES = "payee day";

  /** In conflict: the account was paid a moment ago. */
  static final String GAP = "payee gap";

  /** In conflict: one of the month's limits. */
  static final String MONTH = "payout month";

  /** 每个用户每天最多可付款 100 次. */
  static final int MOST_TIMES = 100;

  /** 给同一个用户付款时间间隔不得低于 15 秒. */
  static final Duration LEAST_GAP = Duration.ofSeconds(15);

  private static final long NO_LIMIT = Money.MAX.fen();

  private static final String TAKE_DAY =
      """
      INSERT INTO payout_day AS d (merchant_id, channel, day, taken, queued)
      SELECT ?::int, ?::text, ?::date, ?::bigint, 0 WHERE ?::bigint <= ?::bigint
      ON CONFLICT (merchant_id, channel, day) DO UPDATE SET taken = d.taken + excluded.taken
      WHERE d.taken + d.queued + excluded.taken <= ?::bigint
      """;

  private static final String TAKE_DAY_BEFORE_QUEUE =
      """
      INSERT INTO payout_day AS d (merchant_id, channel, day, taken, queued)
      SELECT ?::int, ?::text, ?::date, ?::bigint, 0 WHERE ?::bigint <= ?::bigint
      ON CONFLICT (merchant_id, channel, day) DO UPDATE SET taken = d.taken + excluded.taken
      WHERE d.taken + excluded.taken <= ?::bigint
      """;

  private static final String TAKE_QUEUE =
      """
      INSERT INTO payout_day AS d (merchant_id, channel, day, taken, queued)
      SELECT ?::int, ?::text, ?::date, 0, ?::bigint WHERE ?::bigint <= ?::bigint
      ON CONFLICT (merchant_id, channel, day) DO UPDATE SET queued = d.queued + excluded.queued
      WHERE d.taken + d.queued + excluded.queued <= ?::bigint
      """;

  private static final String GIVE_DAY =
      """
      UPDATE payout_day SET taken = taken - ? WHERE merchant_id = ? AND channel = ? AND day = ?
      """;

  private static final String GIVE_QUEUE =
      """
      UPDATE payout_day SET queued = queued - ? WHERE merchant_id = ? AND channel = ? AND day = ?
      """;

  private static final String TAKE_TIME =
      """
      INSERT INTO payout_payee_day AS d (merchant_id, payee_index, day, times) VALUES (?, ?, ?, 1)
      ON CONFLICT (merchant_id, payee_index, day) DO UPDATE SET times = d.times + 1
      WHERE d.times < ?
      """;

  private static final String TAKE_GAP =
      """
      INSERT INTO payout_payee AS p (merchant_id, payee_index, last_at) VALUES (?, ?, ?)
      ON CONFLICT (merchant_id, payee_index) DO UPDATE SET last_at = excluded.last_at
      WHERE p.last_at <= excluded.last_at - make_interval(secs => ?)
      """;

  private static final String TAKE_MONTH =
      """
      WITH person AS (
        INSERT INTO payout_person_month AS p (merchant_id, broker_id, month, person_index, total)
        SELECT ?::int, ?::bigint, ?::date, ?::bytea, ?::bigint WHERE ?::bigint <= ?::bigint
        ON CONFLICT (merchant_id, broker_id, month, person_index)
        DO UPDATE SET total = p.total + excluded.total WHERE p.total + excluded.total <= ?::bigint
        RETURNING merchant_id, broker_id, month, (coalesce(old.total, 0) = 0)::int AS fresh)
      INSERT INTO payout_month AS m (merchant_id, broker_id, month, total, persons)
      SELECT merchant_id, broker_id, month, ?::bigint, 1 FROM person WHERE ?::bigint <= ?::bigint
          OR EXISTS (SELECT FROM payout_month n WHERE n.merchant_id = person.merchant_id
                       AND n.broker_id = person.broker_id AND n.month = person.month)
      ON CONFLICT (merchant_id, broker_id, month)
      DO UPDATE SET total = m.total + excluded.total,
                    persons = m.persons + (SELECT fresh FROM person)
      WHERE m.total + excluded.total
              <= ?::numeric * (m.persons + (SELECT fresh FROM person))
      """;

  private static final String GIVE_MONTH =
      """
      WITH person AS (
        UPDATE payout_person_month SET total = total - ?
        WHERE merchant_id = ? AND broker_id = ? AND month = ? AND person_index = ?
        RETURNING merchant_id, broker_id, month, (total = 0)::int AS gone)
      UPDATE payout_month m SET total = m.total - ?, persons = m.persons - person.gone
      FROM person
      WHERE m.merchant_id = person.merchant_id AND m.broker_id = person.broker_id
        AND m.month = person.month
      """;

  private Reservations() {}

  /** Room of a day's limit that something cancelled has left before the queue. */
  static RowWrite dayBeforeQueue(Payout payout, LocalDate day, Money limit) {
    return room(DAY, TAKE_DAY_BEFORE_QUEUE, payout, day, limit);
  }

  /** Room of a day's limit, behind the queue that the day has for the next one. */
  static RowWrite day(Payout payout, LocalDate day, Money limit) {
    return room(DAY, TAKE_DAY, payout, day, limit);
  }

  /** A place in the queue of a day, beyond its limit. */
  static RowWrite queue(Payout payout, LocalDate day, Money limit) {
    return room(QUEUE, TAKE_QUEUE, payout, day, limit);
  }

  /** One of the payments that the account may have on a day. */
  static RowWrite time(Payout payout, LocalDate day) {
    byte[] payee = payout.marks().payeeIndex().toArray();
    return RowWrite.of(TIMES, TAKE_TIME, payout.merchant(), payee, day, MOST_TIMES);
  }

  /** The moment at which the account is paid. */
  static RowWrite gap(Payout payout, Instant now) {
    byte[] payee = payout.marks().payeeIndex().toArray();
    return RowWrite.of(
        GAP, TAKE_GAP, payout.merchant(), payee, now, (double) LEAST_GAP.toSeconds());
  }

  /** Room of the broker's limits of a month; those that an operator waived only count. */
  static RowWrite month(Payout payout, Broker.Terms terms, LocalDate month) {
    boolean waived = payout.standing().taxWaived();
    long highest = waived ? NO_LIMIT : limit(terms.monthHighest());
    long average = waived ? NO_LIMIT : limit(terms.monthAverage());
    long pay = payout.pay().fen();
    return RowWrite.of(
        MONTH,
        TAKE_MONTH,
        payout.merchant(),
        payout.broker(),
        month,
        payout.marks().personIndex().toArray(),
        pay,
        pay,
        highest,
        highest,
        pay,
        pay,
        average,
        average);
  }

  /** What a payout in this standing may go on taking. */
  static Standing after(Standing standing) {
    if (standing.status().endedUnpaid()) {
      return standing.reserving(Standing.Reserved.NOTHING);
    }
    return standing.status() == PayoutStatus.RETURNED
        ? standing.reserving(standing.reserved().in(null))
        : standing;
  }

  /** The writes that give back what a payout took and takes no longer. */
  static List<RowWrite> givenBack(Payout payout, Standing after) {
    Standing.Reserved before = payout.standing().reserved();
    List<RowWrite> writes = new ArrayList<>();
    if (before.day() != null && !before.day().equals(after.reserved().day())) {
      writes.add(give(GIVE_DAY, payout, before.day()));
    }
    if (before.queued() && !after.reserved().queued()) {
      writes.add(give(GIVE_QUEUE, payout, BeijingTime.dayOf(payout.createdAt())));
    }
    if (before.month() != null && after.reserved().month() == null) {
      long pay = payout.pay().fen();
      writes.add(
          RowWrite.of(
              "payout month",
              GIVE_MONTH,
              pay,
              payout.merchant(),
              payout.broker(),
              before.month(),
              payout.marks().personIndex().toArray(),
              pay));
    }
    return writes;
  }

  private static RowWrite room(String row, String sql, Payout payout, LocalDate day, Money limit) {
    long pay = payout.pay().fen();
    String channel = payout.channel().name();
    return RowWrite.of(
        row, sql, payout.merchant(), channel, day, pay, pay, limit.fen(), limit.fen());
  }

  private static RowWrite give(String sql, Payout payout, LocalDate day) {
    return RowWrite.of(
        "payout room", sql, payout.pay().fen(), payout.merchant(), payout.channel().name(), day);
  }

  private static long limit(@Nullable Money money) {
    return money == null ? NO_LIMIT : money.fen();
  }
}
