package io.tongbao.server.recon;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.ledger.Audit;
import io.tongbao.ledger.AuditReport;
import io.tongbao.ledger.Invariant;
import io.tongbao.ledger.LedgerInvariants;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The audit of everything: the ledger's invariants and those that the packages above contribute.
 * Runs by itself every ten minutes, once a night over everything and otherwise over the days that
 * are not sealed; each violation is an alarm in the log and in the metrics.
 */
@Component
public final class Audits implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Audits.class);
  private static final Duration ROUND = Duration.ofMinutes(10);

  /** After midnight's files, before the morning's payments. In Beijing. */
  private static final Duration NIGHT = Duration.ofHours(3);

  private final Audit audit;
  private final InstantSource clock;
  private volatile LocalDate passed = LocalDate.MIN;
  private final AtomicInteger violated;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("audit").factory());

  Audits(
      DataSource source, List<Invariant> contributed, MeterRegistry meters, InstantSource clock) {
    List<Invariant> all = new ArrayList<>(LedgerInvariants.all());
    all.addAll(contributed);
    this.audit = new Audit(source, all);
    this.clock = clock;
    this.violated = meters.gauge("tongbao.audit.violations", new AtomicInteger());
    var next =
        rounds.scheduleWithFixedDelay(
            this::round, ROUND.toSeconds(), ROUND.toSeconds(), TimeUnit.SECONDS);
    log.debug("the first audit is in {} s", next.getDelay(TimeUnit.SECONDS));
  }

  /** Checks all, now. Where it passes, the days that are closed are sealed. */
  public AuditReport run() {
    LocalDate night = night();
    AuditReport report = told(audit.run());
    passed = report.passed() ? night : LocalDate.MIN;
    return report;
  }

  /** Checks what is not sealed, and the seals. */
  public AuditReport runOpen() {
    return told(audit.runOpen());
  }

  private AuditReport told(AuditReport report) {
    violated.set(report.violations().size());
    for (AuditReport.Violation violation : report.violations()) {
      log.error("AUDIT {} {}: {}", violation.id(), violation.statement(), violation.details());
    }
    return report;
  }

  private LocalDate night() {
    return LocalDate.ofInstant(clock.instant().minus(NIGHT), BeijingTime.ZONE);
  }

  @Override
  public void destroy() {
    rounds.shutdownNow();
  }

  /**
   * Over everything where that has not passed since the night began, so that what was found is told
   * until it is mended.
   */
  AuditReport next() {
    return night().equals(passed) ? runOpen() : run();
  }

  private void round() {
    try {
      AuditReport report = next();
      log.debug(
          "audit since {} passed={} in {} ms", report.since(), report.passed(), report.millis());
    } catch (RuntimeException e) {
      log.error("the audit could not run", e);
    }
  }
}
