package io.tongbao.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/** The wall clock in Beijing, in which all five interfaces write their times. Parsing is strict. */
public final class BeijingTime {
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final Pattern SECONDS =
      Pattern.compile("\\A[0-9]{4}-[0-9]{2}-[0-9]{2} ?[0-9]{2}:[0-9]{2}:[0-9]{2}\\z");
  private static final Pattern DAY = Pattern.compile("\\A[0-9]{4}-[0-9]{2}-[0-9]{2}\\z");
  private static final Pattern COMPACT_DAY = Pattern.compile("\\A[0-9]{8}\\z");
  private static final DateTimeFormatter SECONDS_FORMAT = strict("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter DAY_FORMAT = strict("uuuu-MM-dd");
  private static final DateTimeFormatter COMPACT_DAY_FORMAT = strict("uuuuMMdd");

  private BeijingTime() {}

  /** Reads {@code yyyy-MM-dd HH:mm:ss}, also without the blank as some tables print it. */
  public static Instant parseSeconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      throw new DateTimeException("not a time");
    }
    String spaced =
        text.charAt(10) == ' ' ? text : text.substring(0, 10) + " " + text.substring(10);
    return LocalDateTime.parse(spaced, SECONDS_FORMAT).atZone(ZONE).toInstant();
  }

  /** Writes {@code yyyy-MM-dd HH:mm:ss}. */
  public static String seconds(Instant instant) {
    return SECONDS_FORMAT.format(instant.atZone(ZONE));
  }

  /** Reads {@code yyyy-MM-dd}. */
  public static LocalDate parseDay(String text) {
    if (!DAY.matcher(text).matches()) {
      throw new DateTimeException("not a day");
    }
    return LocalDate.parse(text, DAY_FORMAT);
  }

  /** Reads {@code yyyyMMdd}. */
  public static LocalDate parseCompactDay(String text) {
    if (!COMPACT_DAY.matcher(text).matches()) {
      throw new DateTimeException("not a day");
    }
    return LocalDate.parse(text, COMPACT_DAY_FORMAT);
  }

  /** Writes {@code yyyy-MM-dd}. */
  public static String day(LocalDate day) {
    return DAY_FORMAT.format(day);
  }

  /** Writes {@code yyyyMMdd}. */
  public static String compactDay(LocalDate day) {
    return COMPACT_DAY_FORMAT.format(day);
  }

  public static LocalDate dayOf(Instant instant) {
    return instant.atZone(ZONE).toLocalDate();
  }

  public static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }

  private static DateTimeFormatter strict(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
