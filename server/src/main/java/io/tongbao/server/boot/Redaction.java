package io.tongbao.server.boot;

import java.util.regex.Pattern;

/**
 * What a log may not show, taken out of its texts (THREATS T-X12): card numbers, identity numbers
 * and mobile numbers are masked, keys and signatures (long runs of base64 or of hexadecimal digits)
 * dropped, and control characters, by which a stranger could write log lines of his own, made
 * visible. A last net: code does not log such things in the first place.
 */
final class Redaction {
  private static final int LONGEST = 4_000;
  private static final int LONGEST_WORD = 80;
  private static final int IDENTITY = 18;
  private static final int MOBILE = 11;
  private static final String CHINA = "86";
  private static final int SHORTEST_CARD = 13;
  private static final int LONGEST_CARD = 19;
  private static final int SHORTEST_KEY = 24;

  /** Hexadecimal digits, and not digits alone: those are numbers of ours. */
  private static final Pattern HEX_KEY =
      Pattern.compile("(?=.*[0-9])(?=.*[A-Fa-f])[0-9A-Fa-f]{" + SHORTEST_KEY + ",}");

  /** As base64 looks and no long name of a class does. */
  private static final Pattern BASE64_KEY =
      Pattern.compile("(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z+/]{40,}");

  private Redaction() {}

  /** One line, whatever the text held. */
  static String line(String text) {
    return redact(text, false);
  }

  /** Several lines, as a stack trace has. */
  static String lines(String text) {
    return redact(text, true);
  }

  private static String redact(String text, boolean lines) {
    StringBuilder safe = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length() && (lines || at < LONGEST)) {
      int end = word(text, at);
      if (end > at) {
        safe.append(masked(text.substring(at, end)));
        at = end;
      } else {
        append(safe, text.charAt(at), lines);
        at++;
      }
    }
    return at < text.length() ? safe.append('…').toString() : safe.toString();
  }

  /** Where the run of letters and digits (and base64's signs) that begins here ends. */
  private static int word(String text, int from) {
    int at = from;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isWord(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '+'
        || c == '/';
  }

  private static String masked(String word) {
    if (isKey(word)) {
      return "[" + word.length() + " characters]";
    }
    StringBuilder masked = new StringBuilder(word.length());
    int at = 0;
    while (at < word.length()) {
      int end = numberEnd(word, at);
      if (end == at) {
        masked.append(word.charAt(at));
        at++;
      } else {
        masked.append(number(word.substring(at, end)));
        at = end;
      }
    }
    return masked.toString();
  }

  private static boolean isKey(String word) {
    return word.length() > LONGEST_WORD
        || (word.length() >= SHORTEST_KEY
            && (HEX_KEY.matcher(word).matches() || BASE64_KEY.matcher(word).matches()));
  }

  /** Where the digits that begin here end; an identity number's last may be an X. */
  private static int numberEnd(String word, int from) {
    int end = from;
    while (end < word.length() && word.charAt(end) >= '0' && word.charAt(end) <= '9') {
      end++;
    }
    boolean x = end < word.length() && (word.charAt(end) == 'X' || word.charAt(end) == 'x');
    return x && end - from == IDENTITY - 1 ? end + 1 : end;
  }

  private static String number(String digits) {
    int length = digits.length();
    if (length == MOBILE && digits.charAt(0) == '1') {
      return digits.substring(0, 3) + "****" + digits.substring(7);
    }
    if (length == CHINA.length() + MOBILE && digits.startsWith(CHINA + "1")) {
      return CHINA + number(digits.substring(CHINA.length()));
    }
    if (isIdentity(digits) || isCard(digits)) {
      return digits.substring(0, 6) + "*".repeat(length - 10) + digits.substring(length - 4);
    }
    return digits;
  }

  /** With a birthday where identity numbers have it; other numbers of this length are ours. */
  private static boolean isIdentity(String digits) {
    if (digits.length() != IDENTITY) {
      return false;
    }
    int century = Integer.parseInt(digits.substring(6, 8));
    int month = Integer.parseInt(digits.substring(10, 12));
    int day = Integer.parseInt(digits.substring(12, 14));
    return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  /**
   * UnionPay's numbers begin with 62, and not all of them have a check digit; old ones of one bank
   * with 9558, where row ids of ours begin too.
   */
  private static boolean isCard(String digits) {
    int length = digits.length();
    if (length < SHORTEST_CARD || length > LONGEST_CARD) {
      return false;
    }
    boolean checked = "3456".indexOf(digits.charAt(0)) >= 0 || digits.startsWith("9558");
    return digits.startsWith("62") || (checked && isLuhn(digits));
  }

  private static boolean isLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : digit * 2;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  private static void append(StringBuilder safe, char c, boolean lines) {
    boolean layout = lines && (c == '\n' || c == '\t' || c == '\r');
    boolean hidden =
        Character.isISOControl(c)
            || Character.getType(c) == Character.FORMAT
            || c == '\u2028'
            || c == '\u2029';
    if (hidden && !layout) {
      safe.append("\\u%04x".formatted((int) c));
    } else {
      safe.append(c);
    }
  }
}
