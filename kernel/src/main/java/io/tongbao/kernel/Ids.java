package io.tongbao.kernel;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for new things: row ids that grow with time, and public numbers that nobody can guess.
 */
public final class Ids {
  private static final long EPOCH_MILLIS = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
  private static final int NODE_BITS = 10;
  private static final int COUNTER_BITS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long NODE = RANDOM.nextInt(1 << NODE_BITS);
  private static final AtomicLong LAST_TICK = new AtomicLong();
  private static final BigInteger TWENTY_DIGITS = BigInteger.TEN.pow(20);

  private Ids() {}

  /**
   * A new row id: time, then a counter, then this process's number. Grows within the process, and
   * two processes meet only if they drew the same number of 1 024.
   */
  public static long next() {
    long now = (System.currentTimeMillis() - EPOCH_MILLIS) << COUNTER_BITS;
    long tick = LAST_TICK.updateAndGet(last -> Math.max(last + 1, now));
    return (tick << NODE_BITS) | NODE;
  }

  /**
   * Twenty random digits (66 bits). Public numbers begin with them, so that nobody can predict the
   * first bytes of what the platform signs (THREATS T3-2).
   */
  public static String twentyDigits() {
    BigInteger number = new BigInteger(128, RANDOM).mod(TWENTY_DIGITS);
    String digits = number.toString();
    return "0".repeat(20 - digits.length()) + digits;
  }

  /** A token of 256 random bits in lower-case hex. */
  public static String token() {
    byte[] token = new byte[32];
    RANDOM.nextBytes(token);
    return Bytes.of(token).hex();
  }

  /** A numeric code of {@code digits} random digits, for text messages. */
  public static String digits(int digits) {
    StringBuilder code = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      code.append((char) ('0' + RANDOM.nextInt(10)));
    }
    return code.toString();
  }
}
