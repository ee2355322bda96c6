package io.tongbao.server.recon;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Publishes each merchant's line files whenever they are due, also those of days that were slept
 * through, and forgets those that are older than they are kept.
 */
@Component
final class LineFileJob implements Job {
  private static final Logger log = LoggerFactory.getLogger(LineFileJob.class);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

  private record Kind(int merchant, LineBook book) {}

  private final LineFiles files;
  private final List<LineBook> books;
  private final Map<Kind, Instant> done = new ConcurrentHashMap<>();
  private final Map<Kind, Long> failed = new ConcurrentHashMap<>();

  LineFileJob(LineFiles files, ObjectProvider<LineBook> books) {
    this.files = files;
    this.books = books.stream().toList();
  }

  @Override
  public String name() {
    return "publish-files";
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    int published = 0;
    for (LineBook book : books) {
      if (book.face() == merchant.face()) {
        published += publish(new Kind(merchant.id(), book), merchant, now);
      }
    }
    return published;
  }

  private int publish(Kind kind, Merchant merchant, Instant now) {
    Instant due = lastCut(kind.book(), now);
    Long lastFailure = failed.get(kind);
    boolean waits =
        lastFailure != null && System.nanoTime() - lastFailure < AFTER_FAILURE.toNanos();
    if (waits || due.equals(done.get(kind))) {
      return 0;
    }
    Progress progress = catchUp(kind.book(), merchant, now);
    if (progress.failed()) {
      failed.put(kind, System.nanoTime());
    } else {
      done.put(kind, due);
      failed.remove(kind);
    }
    return progress.things();
  }

  /** The newest cut of all days: today's first one is for yesterday's file. */
  private static Instant lastCut(LineBook book, Instant now) {
    LocalDate yesterday = BeijingTime.dayOf(now).minusDays(1);
    return LineFiles.lastCut(book, yesterday, now)
        .or(() -> LineFiles.lastCut(book, yesterday.minusDays(1), now))
        .orElseThrow();
  }

  private record Progress(int things, boolean failed) {}

  private Progress catchUp(LineBook book, Merchant merchant, Instant now) {
    LocalDate today = BeijingTime.dayOf(now);
    LocalDate kept = today.minusDays(LineFiles.DAYS_KEPT);
    int things = 0;
    boolean failure = false;
    try {
      things += files.forget(book, merchant, kept);
    } catch (RuntimeException e) {
      log.error("what is older than {} of {} was not forgotten", kept, book.kind(), e);
      failure = true;
    }
    LocalDate first = book.firstDay(merchant).orElse(today);
    for (LocalDate day = first.isBefore(kept) ? kept : first;
        day.isBefore(today);
        day = day.plusDays(1)) {
      try {
        things += files.publishDue(book, merchant, day, now) ? 1 : 0;
      } catch (RuntimeException e) {
        log.error("{} of {} was not published", book.kind(), day, e);
        failure = true;
      }
    }
    return new Progress(things, failure);
  }
}
