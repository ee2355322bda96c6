package io.tongbao.server.payment;

import io.tongbao.kernel.BeijingTime;
import java.time.Instant;
import java.time.LocalDate;

/** The calendar's months in Beijing, by which taxes are counted. */
final class Months {
  private Months() {}

  /** The first day of the month. */
  static LocalDate of(Instant instant) {
    return BeijingTime.dayOf(instant).withDayOfMonth(1);
  }

  /** The moment at which the month is over. */
  static Instant end(Instant instant) {
    return BeijingTime.startOf(of(instant).plusMonths(1));
  }
}
