package io.tongbao.bench;

import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.EscrowCredentials;
import io.tongbao.client.escrow.Terms;
import io.tongbao.client.tour.Actor;
import io.tongbao.client.tour.Sandbox;
import io.tongbao.kernel.Money;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * More than there is room for (THREATS T-X18): connections that say nothing, connections that say a
 * byte a second, and ten times the callers of a busy day. Shows how the ordinary callers fare
 * beside them, and how soon all is as before. A wrong answer or balance fails it, and a platform
 * that does not live through it; timings never do.
 */
final class Storm {
  private static final int TEN_FOLD = 10 * Options.THREADS;
  private static final int IDLE = 2_000;
  private static final int SLOW = 1_500;
  private static final int PEOPLE = 64;

  /** How many seconds are looked at before, and after: all should be as before within ten. */
  private static final int LOOKS = 15;

  /** Little, so that what grows without bound is seen. */
  private static final List<String> JVM = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");

  private final Platform platform;
  private final Report report;
  private final Answers answers;

  private Storm(Platform platform, Report report, Answers answers) {
    this.platform = platform;
    this.report = report;
    this.answers = answers;
  }

  static void run(Options options, Report report, Path folder) {
    try (Platform platform =
            Platform.start(
                options.jar(), folder.resolve("data"), 0, folder.resolve("server.log"), JVM);
        Receiver receiver = Receiver.start(_ -> {})) {
      Sandbox sandbox = new Sandbox(platform.base());
      EscrowClient client =
          EscrowClient.at(
              platform.base(), EscrowCredentials.of(sandbox.credentials().required("escrow")));
      List<Actor> people =
          new Population(client, sandbox, Terms.to(receiver.url()))
              .enrol(PEOPLE, Money.ofFen(100_000_000));
      Answers answers = new Answers(client, people);
      new Storm(platform, report, answers).measure(options);
      answers.check();
      Purchases.audit(sandbox);
      report.say("Audit       passed; every frozen fen was answered for");
    }
  }

  private void measure(Options options) {
    Load.during(options.callsWarmUp(), answers);
    double normal = worst("%d callers".formatted(Options.THREADS));
    try (Crowd _ = Crowd.silent(platform.base(), IDLE)) {
      worst("    beside %,d idle connections".formatted(IDLE));
    }
    try (Crowd slow = Crowd.slow(platform.base(), SLOW)) {
      worst("    beside %,d that say a byte a second".formatted(SLOW));
      report.say("    of which the platform has hung up on %,d".formatted(slow.gone()));
    }
    Answers.Tally before = answers.tally();
    Rate storm = Load.during(TEN_FOLD, options.seconds(), answers);
    Answers.Tally told = answers.tally().since(before);
    List<Rate> after = seconds();
    report.rate("%d callers, all answers".formatted(TEN_FOLD), storm);
    report.say("    " + told.in(storm.seconds()));
    report.say("    p99 of the seconds after it, in ms: " + p99s(after));
    report.say("    " + recovery(after, normal));
    report.say("Memory      " + Memory.of(platform));
  }

  /** The worst second's p99 of the ordinary callers. */
  private double worst(String what) {
    List<Rate> seconds = seconds();
    long count = seconds.stream().mapToLong(Rate::count).sum();
    double time = seconds.stream().mapToDouble(Rate::seconds).sum();
    double p50 = all(seconds, Rate::p50).max().orElseThrow();
    double p99 = all(seconds, Rate::p99).max().orElseThrow();
    report.rate(what + " (worst second)", new Rate(count, time, p50, p99));
    return p99;
  }

  private List<Rate> seconds() {
    List<Rate> seconds = new ArrayList<>();
    for (int i = 0; i < LOOKS; i++) {
      seconds.add(Load.during(1, answers));
    }
    return seconds;
  }

  private static DoubleStream all(List<Rate> seconds, ToDoubleFunction<Rate> what) {
    return seconds.stream().mapToDouble(what);
  }

  private static String p99s(List<Rate> seconds) {
    return String.join(
        " ", seconds.stream().map(each -> String.format(Locale.ROOT, "%.0f", each.p99())).toList());
  }

  private static String recovery(List<Rate> after, double normal) {
    for (int second = 0; second < after.size(); second++) {
      if (after.get(second).p99() <= normal) {
        return "as before in second %d (aim: within 10)".formatted(second + 1);
      }
    }
    return "not as before within %d s (aim: within 10)".formatted(after.size());
  }
}
