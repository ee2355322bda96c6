package io.tongbao.server.payment;

import io.tongbao.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is counted of persons: a month's amounts, and when an account was paid last. */
@Component
final class MonthBook {
  private final JdbcClient jdbc;

  MonthBook(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Which of the month's limits has no room for the payout. */
  HoldCause hindrance(Payout payout, Broker.Terms terms, Instant now) {
    return fitsPerson(payout, terms, Months.of(now)) ? HoldCause.TAX_AVERAGE : HoldCause.TAX_PERSON;
  }

  /** When the payee was paid last. */
  Instant paidLast(Payout payout) {
    return jdbc.sql("SELECT last_at FROM payout_payee WHERE merchant_id = ? AND payee_index = ?")
        .params(payout.merchant(), payout.marks().payeeIndex().toArray())
        .query((row, _) -> row.getTimestamp(1).toInstant())
        .optional()
        .orElse(payout.createdAt());
  }

  private boolean fitsPerson(Payout payout, Broker.Terms terms, LocalDate month) {
    Money highest = terms.monthHighest();
    long total = person(payout, month).orElse(0L);
    return highest == null || Math.addExact(total, payout.pay().fen()) <= highest.fen();
  }

  private Optional<Long> person(Payout payout, LocalDate month) {
    return jdbc.sql(
            """
            SELECT total FROM payout_person_month
            WHERE merchant_id = ? AND broker_id = ? AND month = ? AND person_index = ?
            """)
        .params(payout.merchant(), payout.broker(), month, payout.marks().personIndex().toArray())
        .query(Long.class)
        .optional();
  }
}
