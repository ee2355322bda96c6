package io.tongbao.bench;

import io.tongbao.client.tour.Sandbox;
import io.tongbao.ledger.ClosedDays;
import io.tongbao.ledger.ClosedDays.Result;
import java.sql.SQLException;
import tools.jackson.databind.JsonNode;

/** What the platform's whole audit takes over a full journal, and what the one of open days. */
final class AuditCost {
  private static final double MILLION = 1_000_000;

  /** What takes less, each, is one line together, in seconds for a million entries. */
  private static final double SLIGHT = 0.02;

  private static final String WHOLE = "audit?checks=true";

  private AuditCost() {}

  static void measure(Options options, Report report, Platform platform) {
    Rate filled = Journal.fill(platform.database(), options.payments());
    report.rate("Payments that filled the journal", filled);
    report.say("    over %d days, %d closed".formatted(Journal.DAYS, close(platform.database())));
    Sandbox sandbox = new Sandbox(platform.base());
    double entries = tell(report, "The whole audit, the first time", sandbox.get(WHOLE), 0);
    tell(report, "The whole audit", sandbox.get(WHOLE), entries);
    tell(report, "The audit of what is not sealed", sandbox.get(WHOLE + "&days=open"), entries);
  }

  private static int close(Postgres postgres) {
    ClosedDays days = new ClosedDays(postgres.source("tongbao", "tongbao", "-c role=tongbao_app"));
    int closed = 0;
    try {
      while (days.closeNext() == Result.CLOSED) {
        closed++;
      }
    } catch (SQLException e) {
      throw new BenchFailed("a day cannot be closed", e);
    }
    return closed;
  }

  /** Says how long each check took for a million entries that the journal has; answers them. */
  private static double tell(Report report, String what, JsonNode audit, double known) {
    if (!audit.required("passed").asBoolean()) {
      throw new BenchFailed("the audit found " + audit.required("violations"));
    }
    double looked = audit.required("entries").asDouble();
    double entries = known > 0 ? known : looked;
    double whole = audit.required("millis").asDouble() / 1e3;
    report.say("");
    report.say(
        "%s: %.2f s, %.2f s for a million entries (aim: at most 5); looked at %,.0f of %,.0f"
            .formatted(what, whole, whole * MILLION / entries, looked, entries));
    double slight = 0;
    for (JsonNode check : audit.required("checks")) {
      double seconds = check.required("micros").asDouble() / 1e6 * MILLION / entries;
      if (seconds < SLIGHT) {
        slight += seconds;
      } else {
        report.say(
            "    %6.3f  %s  %s"
                .formatted(
                    seconds,
                    check.required("id").asString(),
                    check.required("statement").asString()));
      }
    }
    report.say("    %6.3f  all others together".formatted(slight));
    return entries;
  }
}
