package io.tongbao.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** What was measured, for a person to read: rates, ratios, and the aims beside them. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void say(String line) {
    out.println(line);
  }

  void rate(String what, Rate rate) {
    out.printf(Locale.ROOT, "%-44s %s%n", what, rate);
  }

  void perThread(String what, double perSecond) {
    String rate =
        Double.isNaN(perSecond)
            ? "not on this machine"
            : String.format(Locale.ROOT, "%,10.0f /s", perSecond);
    out.printf(Locale.ROOT, "%-44s %s%n", what, rate);
  }

  /** The ratios, with what we aim at. Nothing fails by them: machines differ. */
  void ratios(
      Optional<Rate> yardstick, LedgerPayments ledger, Purchases calls, Signatures signatures) {
    say("");
    say("Ratios");
    double base = yardstick.map(Rate::perSecond).orElse(Double.NaN);
    ratio("ledger payments / pgbench", ledger.hot().perSecond() / base, "at least 4");
    ratio(
        "hot fee account / uniform",
        ledger.hot().perSecond() / ledger.uniform().perSecond(),
        "at least 0.8");
    ratio("signed calls / pgbench", calls.calls().perSecond() / base, "at least 0.35, then 1");
    ratio("our RSA signing / openssl", signatures.best() / signatures.openssl(), "at least 0.9");
  }

  private void ratio(String what, double value, String aim) {
    String number =
        Double.isNaN(value) ? "    no yardstick" : String.format(Locale.ROOT, "%10.2f x", value);
    out.printf(Locale.ROOT, "%-44s %s   (aim: %s)%n", what, number, aim);
  }
}
