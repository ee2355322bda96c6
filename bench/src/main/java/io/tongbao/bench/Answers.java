package io.tongbao.bench;

import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.EscrowRefused;
import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.escrow.OutcomeUnknown;
import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Money;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Callers who freeze a fen at a time, each time of the next member: signed calls that each change
 * something. "Busy" is an answer, and so is none; any other refusal is not.
 */
final class Answers implements Load.Callers {
  private static final String BUSY = "9000";
  private static final Money ONE = Money.ofFen(1);
  private static final long LONGEST_NANOS = 120_000_000_000L;

  private final EscrowClient client;
  private final List<Actor> people;
  private final AtomicLong next = new AtomicLong();
  private final LongAdder done = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Histogram busy = new ConcurrentHistogram(LONGEST_NANOS, 3);

  Answers(EscrowClient client, List<Actor> people) {
    this.client = client;
    this.people = people;
  }

  /** What was answered until now: done, "busy", and nothing that could be trusted. */
  record Tally(long done, long busy, long lost, double busyP99) {
    /** What came after; the percentile is that of all. */
    Tally since(Tally before) {
      return new Tally(done - before.done, busy - before.busy, lost - before.lost, busyP99);
    }

    String in(double seconds) {
      return String.format(
          Locale.ROOT,
          "served %,.0f /s, told \"busy\" %,.0f /s (p99 %.0f ms), without an answer %d",
          done / seconds,
          busy / seconds,
          busyP99,
          lost);
    }
  }

  Tally tally() {
    return new Tally(
        done.sum(), busy.getTotalCount(), lost.sum(), busy.getValueAtPercentile(99) / 1e6);
  }

  @Override
  public Load.Caller of(int thread) {
    return this::freeze;
  }

  private boolean freeze() {
    long mine = next.getAndIncrement();
    long start = System.nanoTime();
    try {
      client.call(
          new MoneyCalls.Freeze(
              people.get((int) (mine % people.size())).member(),
              "freeze-" + mine,
              client.credentials().accountSetNo(),
              ONE));
      done.increment();
    } catch (EscrowRefused refused) {
      if (!refused.code().equals(BUSY)) {
        throw refused;
      }
      busy.recordValue(Math.min(System.nanoTime() - start, LONGEST_NANOS));
    } catch (OutcomeUnknown nothing) {
      lost.increment();
    }
    return true;
  }

  /** What was answered as done is frozen, and nothing else but what had no answer. */
  void check() {
    long frozen =
        people.stream()
            .map(person ->
                new MoneyCalls.GetBalance(person.member(), client.credentials().accountSetNo()))
            .mapToLong(question -> client.call(question).frozen().fen())
            .sum();
    if (frozen < done.sum() || frozen > done.sum() + lost.sum()) {
      throw new BenchFailed(
          frozen
              + " fen are frozen, "
              + done.sum()
              + " were answered, "
              + lost.sum()
              + " were not");
    }
  }
}
