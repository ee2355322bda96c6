package io.tongbao.server.recon;

import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cuts each merchant's files when they are due, also those of days that were slept through. Looks
 * once more at the day before: what was booked into it late gets into its file by making that
 * again.
 */
@Component
final class DayCut implements Job {
  private static final Logger log = LoggerFactory.getLogger(DayCut.class);
  private static final int MOST_DAYS = 31;
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

  private record Kind(int merchant, DayBook book) {}

  private final DayFiles files;
  private final JdbcClient database;
  private final List<DayBook> books;
  private final Map<Kind, LocalDate> done = new ConcurrentHashMap<>();
  private final Map<Kind, Long> failed = new ConcurrentHashMap<>();

  DayCut(DayFiles files, JdbcClient database, ObjectProvider<DayBook> books) {
    this.files = files;
    this.database = database;
    this.books = books.stream().toList();
  }

  @Override
  public String name() {
    return "cut-files";
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    int made = 0;
    for (DayBook book : books) {
      if (book.face() == merchant.face()) {
        made += cut(new Kind(merchant.id(), book), merchant, now);
      }
    }
    return made;
  }

  private int cut(Kind kind, Merchant merchant, Instant now) {
    LocalDate due = DayFiles.lastDay(kind.book(), now);
    Long lastFailure = failed.get(kind);
    boolean waits =
        lastFailure != null && System.nanoTime() - lastFailure < AFTER_FAILURE.toNanos();
    if (waits || due.equals(done.get(kind))) {
      return 0;
    }
    try {
      int made = catchUp(kind.book(), merchant, due, now);
      done.put(kind, due);
      failed.remove(kind);
      return made;
    } catch (RuntimeException e) {
      failed.put(kind, System.nanoTime());
      log.error("the file of {} for merchant {} was not published", due, merchant.code(), e);
      return 0;
    }
  }

  private int catchUp(DayBook book, Merchant merchant, LocalDate due, Instant now) {
    int made = 0;
    LocalDate first = due;
    Optional<LocalDate> last = lastMade(book, merchant, due);
    if (last.isPresent()) {
      if (!files.isCurrent(book, merchant, last.get())) {
        files.make(book, merchant, last.get(), now);
        made++;
      }
      LocalDate earliest = due.minusDays(MOST_DAYS - 1);
      LocalDate next = last.get().plusDays(1);
      first = next.isBefore(earliest) ? earliest : next;
    }
    for (LocalDate day = first; !day.isAfter(due); day = day.plusDays(1)) {
      files.make(book, merchant, day, now);
      made++;
    }
    return made;
  }

  private Optional<LocalDate> lastMade(DayBook book, Merchant merchant, LocalDate due) {
    return database
        .sql("SELECT max(day) FROM day_file WHERE merchant_id = ? AND kind = ? AND day <= ?")
        .params(merchant.id(), book.kind(), Date.valueOf(due))
        .query((row, _) -> Optional.ofNullable(row.getDate(1)).map(Date::toLocalDate))
        .single();
  }
}
