package io.tongbao.server.notice;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.kernel.Bytes;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.notice.NoticeRows.Claimed;
import io.tongbao.server.notice.Receipt.Failure;
import io.tongbao.server.notice.ResultRows.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Who sends notices (THREATS W-1 to W-8, W-11). Claims what is due by lease in one statement, sends
 * on up to 256 virtual threads outside any transaction, and writes each result under its lease. A
 * round waits for its letters 1 s at most; slower ones go on by themselves.
 */
@Component
final class NoticeSender implements Job, DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(NoticeSender.class);
  private static final int MOST_IN_FLIGHT = 256;
  private static final int MOST_CLAIMED = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final Duration SHUTDOWN = Duration.ofSeconds(12);
  private static final int JITTER = 100;
  private static final Duration MOST_JITTER = Duration.ofSeconds(2);

  private final NoticeRows rows;
  private final ResultRows results;
  private final NoticeForms forms;
  private final NoticeUrls urls;
  private final Postman postman;
  private final NoticeSettings settings;
  private final MeterRegistry meters;
  private final Duration patience;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MOST_IN_FLIGHT);
  private final Map<Claimed, Boolean> held = new ConcurrentHashMap<>();
  private final Map<Integer, Long> swept = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  @Autowired
  NoticeSender(
      NoticeRows rows,
      ResultRows results,
      NoticeForms forms,
      NoticeUrls urls,
      Postman postman,
      NoticeSettings settings,
      MeterRegistry meters) {
    this(rows, results, forms, urls, postman, settings, meters, PATIENCE);
  }

  NoticeSender(
      NoticeRows rows,
      ResultRows results,
      NoticeForms forms,
      NoticeUrls urls,
      Postman postman,
      NoticeSettings settings,
      MeterRegistry meters,
      Duration patience) {
    this.rows = rows;
    this.results = results;
    this.forms = forms;
    this.urls = urls;
    this.postman = postman;
    this.settings = settings;
    this.meters = meters;
    this.patience = patience;
    meters.gauge(
        "tongbao.notice.in.flight", room, free -> MOST_IN_FLIGHT - free.availablePermits());
  }

  @Override
  public String name() {
    return "send-notices";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    if (stopping) {
      return 0;
    }
    long start = System.nanoTime();
    Long last = swept.get(merchant.id());
    if (last == null || start - last > SWEEP.toNanos()) {
      swept.put(merchant.id(), start);
      rows.sweep(merchant.id());
    }
    int gathered = rows.gather(merchant.id(), forms.byEvent());
    return gathered + pump(merchant, now, start) + lose(merchant, now);
  }

  @Override
  public void destroy() throws InterruptedException {
    stopping = true;
    threads.shutdown();
    if (!threads.awaitTermination(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
      rows.release(List.copyOf(held.keySet()));
    }
  }

  /** Sends as long as something is due and there is room, for one round. */
  private int pump(Merchant merchant, Instant now, long start) {
    BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();
    long deadline = start + patience.toNanos();
    int sent = 0;
    int running = 0;
    while (!stopping) {
      List<Claimed> claimed = claim(merchant, elapsed(now, start));
      claimed.forEach(one -> send(merchant, one, now, start, ended));
      sent += claimed.size();
      running += claimed.size();
      int done = running == 0 ? 0 : finished(ended, deadline);
      if (done == 0) {
        break;
      }
      running -= done;
    }
    return sent;
  }

  private List<Claimed> claim(Merchant merchant, Instant now) {
    int free = Math.min(MOST_CLAIMED, room.availablePermits());
    if (free == 0 || !room.tryAcquire(free)) {
      return List.of();
    }
    int taken = 0;
    try {
      List<Claimed> claimed = rows.claim(merchant.id(), now, free);
      taken = claimed.size();
      return claimed;
    } finally {
      room.release(free - taken);
    }
  }

  private void send(
      Merchant merchant, Claimed one, Instant now, long start, BlockingQueue<Boolean> ended) {
    held.put(one, true);
    threads.execute(() -> {
      try {
        deliver(merchant, one, elapsed(now, start));
      } catch (RuntimeException e) {
        log.error("notice {} was sent, its result not written", one.notice().id(), e);
      } finally {
        held.remove(one);
        room.release();
        ended.add(true);
      }
    });
  }

  private void deliver(Merchant merchant, Claimed one, Instant began) {
    long start = System.nanoTime();
    NoticeForm form = forms.of(one.notice());
    Letter letter = write(merchant, form, one, began);
    Receipt receipt = carry(merchant, one.notice().url(), letter);
    boolean delivered = form.delivered(receipt.status(), receipt.answer());
    String sent = letter != null && settings.keepBodies() ? sent(letter) : null;
    Line line = new Line(!one.hurried(), began, elapsed(began, start), receipt, sent);
    conclude(form, one, line, delivered);
    if (!delivered || one.ailing()) {
      results.remember(one, receipt, delivered);
    }
  }

  private Receipt carry(Merchant merchant, String url, @Nullable Letter letter) {
    if (letter == null) {
      return Receipt.failed(null, 0, Failure.NOT_WRITTEN);
    }
    return urls.admits(merchant, url)
        ? postman.send(url, letter)
        : Receipt.failed(null, 0, Failure.URL_REFUSED);
  }

  /** Lets late attempts at endpoints that are out of order pass unsent. */
  private int lose(Merchant merchant, Instant now) {
    List<Claimed> late = rows.claimLate(merchant.id(), now, MOST_CLAIMED);
    for (Claimed one : late) {
      NoticeForm form = forms.of(one.notice());
      Receipt receipt = Receipt.failed(null, 0, Failure.SUSPENDED);
      conclude(form, one, new Line(!one.hurried(), now, now, receipt, null), false);
    }
    return late.size();
  }

  private void conclude(NoticeForm form, Claimed one, Line line, boolean delivered) {
    boolean last = one.attempt() >= one.lastAttempt();
    boolean ends = delivered || last;
    boolean written =
        ends
            ? results.finish(one, line, delivered)
            : results.retry(one, line, next(form, one, line.ended()));
    if (!written) {
      log.warn(
          "notice {}: the lease was lost, attempt {} is repeated",
          one.notice().id(),
          one.attempt());
      return;
    }
    measure(one, line.receipt(), delivered);
    if (!delivered && last && !one.delivered()) {
      log.error(
          "notice {} of merchant {} is a dead letter", one.notice().id(), one.notice().merchant());
    } else if (!delivered && one.attempt() == one.lastAttempt() - 1) {
      log.warn("notice {} has one attempt left", one.notice().id());
    }
  }

  private @Nullable Letter write(Merchant merchant, NoticeForm form, Claimed one, Instant now) {
    try {
      Letter letter = form.write(merchant, one.notice().facts(), now);
      return WebhookHeaders.on(letter, merchant, one.notice().id(), now);
    } catch (RuntimeException e) {
      log.error("notice {} could not be written", one.notice().id(), e);
      return null;
    }
  }

  /**
   * After the last attempt's end; the second and later ones spread by up to one per cent, and never
   * by so much that somebody who counts the printed minutes misses it. An attempt that somebody
   * asked for uses up none of the schedule's.
   */
  private static Instant next(NoticeForm form, Claimed one, Instant ended) {
    List<Duration> schedule = form.schedule();
    int asked = one.lastAttempt() - schedule.size();
    Duration wait = schedule.get(Math.clamp(one.attempt() - asked, 0, schedule.size() - 1));
    long spread = Math.min(wait.toMillis() / JITTER, MOST_JITTER.toMillis());
    return ended.plus(wait).plusMillis(ThreadLocalRandom.current().nextLong(spread + 1));
  }

  private static int finished(BlockingQueue<Boolean> ended, long deadline) {
    try {
      Boolean first = ended.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (first == null) {
        return 0;
      }
      int more = 0;
      while (ended.poll() != null) {
        more++;
      }
      return 1 + more;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private void measure(Claimed one, Receipt receipt, boolean delivered) {
    Failure failure = receipt.failure();
    String unsent = failure == null ? "refused" : failure.name().toLowerCase(Locale.ROOT);
    String outcome = delivered ? "delivered" : unsent;
    String event = one.notice().event();
    meters
        .timer("tongbao.notice.attempt", "event", event, "outcome", outcome)
        .record(receipt.millis(), TimeUnit.MILLISECONDS);
    if (delivered || one.attempt() >= one.lastAttempt()) {
      DistributionSummary.builder("tongbao.notice.attempts")
          .tags("event", event, "delivered", String.valueOf(delivered))
          .serviceLevelObjectives(1, 2, 3, 4, 5, 6, 7, 8)
          .register(meters)
          .record(one.attempt());
    }
  }

  private static String sent(Letter letter) {
    Bytes body = letter.body();
    return body.size() == 0 ? letter.query() : body.utf8();
  }

  private static Instant elapsed(Instant from, long start) {
    return from.plusNanos(System.nanoTime() - start);
  }
}
