package io.tongbao.bench;

import io.tongbao.wire.crypto.NativeCrypto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How fast this platform is on this machine, in one run and on one PostgreSQL with safe settings:
 * the ledger through its Java interface and purchases over HTTP against pgbench, our signatures
 * against openssl's. Or how it bears more than it has room for ({@link Storm}). Ends with the
 * audit. Timings never fail it; a wrong answer or balance does.
 */
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) {
    try {
      run(Options.parse(List.of(arguments)));
    } catch (Options.Wrong wrong) {
      System.err.println("tongbao: " + wrong.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
    } catch (BenchFailed failed) {
      System.err.println("tongbao: " + failed.getMessage());
      failed.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(Options options) {
    Report report = new Report(System.out);
    report.say("Machine     " + Machine.describe());
    report.say(NativeCrypto.install() ? "Signatures  AWS-LC" : "Signatures  the JDK's own");
    Path folder = folder();
    if (options.load()) {
      Storm.run(options, report, folder);
    } else {
      run(options, report, folder);
    }
    delete(folder);
  }

  private static void run(Options options, Report report, Path folder) {
    try (Platform platform =
        Platform.start(
            options.jar(),
            folder.resolve("data"),
            0,
            folder.resolve("server.log"),
            List.of("-XX:+ExitOnOutOfMemoryError"))) {
      report.say("Database    " + platform.database().describe());
      report.say("");
      if (options.payments() > 0) {
        AuditCost.measure(options, report, platform);
      } else {
        measure(options, report, platform, folder);
      }
    }
  }

  private static void measure(Options options, Report report, Platform platform, Path folder) {
    Optional<Rate> yardstick = Pgbench.run(platform.database(), options, folder);
    yardstick.ifPresentOrElse(
        rate -> report.rate("(a) pgbench TPC-B, %d clients".formatted(Options.THREADS), rate),
        () ->
            report.say(
                "(a) pgbench is missing (Debian: apt-get install postgresql-contrib): no ratios"));
    LedgerPayments ledger = LedgerPayments.run(platform, options);
    report.rate("(b) ledger payments, one hot fee account", ledger.hot());
    report.rate("    the same, fees spread", ledger.uniform());
    report.rate("    one hot account, %d callers".formatted(LedgerPayments.CROWD), ledger.crowd());
    report.say("    processor time of a payment: " + ledger.work().eachPayment(ledger.count()));
    Purchases purchases = Purchases.run(platform, options);
    report.rate("(c) signed calls: purchase from balance", purchases.calls());
    report.rate("    of these: opened", purchases.opened());
    report.rate("    of these: paid", purchases.paid());
    report.say("    a call took " + purchases.work().eachCall(purchases.calls().count()));
    report.say("    notices that came meanwhile: " + purchases.notices());
    report.say("    warmed up by as many seconds of either: " + options.callsWarmUp());
    report.rate("    signed calls that only look", purchases.looks());
    report.say("    a look took " + purchases.looking().eachCall(purchases.looks().count()));
    Memory memory = Memory.of(platform);
    Signatures signatures = Signatures.measure(options, folder);
    report.perThread("(d) openssl RSA-2048 signatures, a thread", signatures.openssl());
    report.perThread("    ours with AWS-LC", signatures.fast());
    report.perThread("    ours with the JDK", signatures.plain());
    report.perThread("    openssl SM2 (we sign none yet)", signatures.opensslSm2());
    report.ratios(yardstick, ledger, purchases, signatures);
    report.say("");
    report.say("Memory      " + memory);
    report.say("Audit       passed");
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("tongbao-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
