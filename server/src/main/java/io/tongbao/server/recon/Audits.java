package io.tongbao.server.recon;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.ledger.Audit;
import io.tongbao.ledger.AuditReport;
import io.tongbao.ledger.Invariant;
import io.tongbao.ledger.LedgerInvariants;
import java.time.Duration;
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
 * Runs by itself every ten minutes; each violation is an alarm in the log and in the metrics.
 */
@Component
public final class Audits implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Audits.class);
  private static final Duration ROUND = Duration.ofMinutes(10);

  private final Audit audit;
  private final AtomicInteger violated;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("audit").factory());

  Audits(DataSource source, List<Invariant> contributed, MeterRegistry meters) {
    List<Invariant> all = new ArrayList<>(LedgerInvariants.all());
    all.addAll(contributed);
    this.audit = new Audit(source, all);
    this.violated = meters.gauge("tongbao.audit.violations", new AtomicInteger());
    var next =
        rounds.scheduleWithFixedDelay(
            this::round, ROUND.toSeconds(), ROUND.toSeconds(), TimeUnit.SECONDS);
    log.debug("the first audit is in {} s", next.getDelay(TimeUnit.SECONDS));
  }

  /** Checks all, now. */
  public AuditReport run() {
    AuditReport report = audit.run();
    violated.set(report.violations().size());
    for (AuditReport.Violation violation : report.violations()) {
      log.error("AUDIT {} {}: {}", violation.id(), violation.statement(), violation.details());
    }
    return report;
  }

  @Override
  public void destroy() {
    rounds.shutdownNow();
  }

  private void round() {
    try {
      AuditReport report = run();
      log.debug("audit passed={} in {} ms", report.passed(), report.millis());
    } catch (RuntimeException e) {
      log.error("the audit could not run", e);
    }
  }
}
