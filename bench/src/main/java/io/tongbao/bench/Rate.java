package io.tongbao.bench;

import java.util.Locale;

/**
 * How fast something went.
 *
 * @param count how many were done
 * @param seconds how long it took
 * @param p50 the median time of one, in milliseconds; NaN where nobody measured it
 * @param p99 what 99 of 100 did not exceed, in milliseconds
 */
record Rate(long count, double seconds, double p50, double p99) {
  double perSecond() {
    return count / seconds;
  }

  /** The rate of both together, one after the other. The percentiles are the slower one's. */
  Rate then(Rate next) {
    return new Rate(
        count + next.count,
        seconds + next.seconds,
        Math.max(p50, next.p50),
        Math.max(p99, next.p99));
  }

  @Override
  public String toString() {
    String rate = String.format(Locale.ROOT, "%,10.0f /s", perSecond());
    return Double.isNaN(p50)
        ? rate
        : String.format(Locale.ROOT, "%s   p50 %7.2f ms   p99 %7.2f ms", rate, p50, p99);
  }
}
