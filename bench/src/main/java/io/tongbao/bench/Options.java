package io.tongbao.bench;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What the person at the keyboard asked for.
 *
 * @param seconds how long each phase is measured
 * @param warmUp how many seconds come before, unmeasured
 * @param callsWarmUp how many seconds before the calls over HTTP: the platform's JVM compiles for
 *     long
 * @param scale pgbench's scale factor: 100 000 accounts each
 * @param payers how many members pay over HTTP
 * @param payments how many are audited; 0 where rates are measured instead
 * @param jar the server's executable jar
 * @param load whether more is to come than there is room for, instead of measuring rates
 */
record Options(
    int seconds,
    int warmUp,
    int callsWarmUp,
    int scale,
    int payers,
    int payments,
    Path jar,
    boolean load) {
  static final String USAGE =
      """
      usage: ./tongbao bench [load] [--seconds N] [--quick]
             ./tongbao bench audit [--quick]

        load          idle and slow connections and ten times the load, and what comes after
        --seconds N   how long each phase is measured (15), or the load lasts (60)
        --quick       short phases and little data: shows that it works, not how fast
        audit         instead, what the audit takes over a million entries, whole and by days
      """;

  /** As many as payments come together on a busy day; also pgbench's clients. */
  static final int THREADS = 32;

  private static final int MOST_SECONDS = 120;

  /** A million entries, and a little. */
  private static final int PAYMENTS = 333_400;

  /** Something that cannot be asked for; the message says what. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrong(String what) {
      super(what, null, false, false);
    }
  }

  static Options parse(List<String> arguments) {
    int seconds = 0;
    boolean quick = false;
    boolean load = false;
    boolean audit = false;
    for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
      String word = words.next();
      switch (word) {
        case "load" -> load = true;
        case "--quick" -> quick = true;
        case "audit" -> audit = true;
        case "--seconds" -> seconds = seconds(words);
        default -> throw new Wrong("bench does not know " + word);
      }
    }
    Path jar = Path.of(System.getProperty("tongbao.server.jar", "server/tongbao-server-boot.jar"));
    int usual = load ? 60 : 15;
    int payments = audit ? quick ? PAYMENTS / 20 : PAYMENTS : 0;
    int chosen = seconds > 0 ? seconds : quick ? 4 : usual;
    return quick
        ? new Options(chosen, 2, 2, 5, 64, payments, jar, load)
        : new Options(chosen, Math.min(chosen, 8), 30, 20, 512, payments, jar, load);
  }

  private static int seconds(Iterator<String> words) {
    String text = words.hasNext() ? words.next() : "";
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST_SECONDS) {
      throw new Wrong("--seconds wants a number from 1 to " + MOST_SECONDS);
    }
    return Integer.parseInt(text);
  }
}
