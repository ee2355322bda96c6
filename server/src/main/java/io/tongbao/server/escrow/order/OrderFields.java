package io.tongbao.server.escrow.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the fields that order interfaces share must look like. */
final class OrderFields {
  private static final Pattern NUMBER = Pattern.compile("\\A[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\\z");
  private static final String IN_LINES = "\n\r\t|";
  private static final int SUMMARY = 20;
  private static final int NAME = 100;
  private static final int EXTEND_INFO = 1024;

  private OrderFields() {}

  /**
   * A number that the merchant gave: up to 64 letters, digits, {@code _ . -}, not beginning with a
   * sign. It goes into files and pages, so nothing there may take it for something else.
   */
  static void number(String field, String value) {
    if (!NUMBER.matcher(value).matches()) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
  }

  /** 摘要, 最多 20 个字符. */
  static void summary(@Nullable String value) {
    text("summary", value, SUMMARY);
  }

  /** 行业代码 is one of the table; 行业名称 is the merchant's own word for it. */
  static void industry(String code, String name) {
    if (!Industries.contains(code)) {
      throw Refusal.of(Reason.BAD_FIELD, "industryCode");
    }
    text("industryName", name, NAME);
  }

  /** Free text in one line: no control or layout characters, and not the files' separator. */
  static void text(String field, @Nullable String value, int longest) {
    if (value != null) {
      require(field, value, longest, OrderFields::isForbidden);
    }
  }

  /** Free text of several lines, such as a description: it stands in no file and on no page. */
  static void lines(String field, @Nullable String value, int longest) {
    if (value != null) {
      require(field, value, longest, c -> isForbidden(c) && IN_LINES.indexOf(c) < 0);
    }
  }

  private static void require(String field, String value, int longest, IntPredicate isForbidden) {
    boolean fits =
        value.codePointCount(0, value.length()) <= longest
            && value.codePoints().noneMatch(isForbidden);
    if (!fits) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
  }

  /** 扩展信息, which is returned as it came: anything but what no text can hold. */
  static void extendInfo(@Nullable String value) {
    if (value == null) {
      return;
    }
    boolean fits =
        value.length() <= EXTEND_INFO
            && value.codePoints().noneMatch(c -> c == 0 || isLoneSurrogate(c));
    if (!fits) {
      throw Refusal.of(Reason.BAD_FIELD, "extendInfo");
    }
  }

  private static boolean isForbidden(int character) {
    return character == '|'
        || isLoneSurrogate(character)
        || switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.PRIVATE_USE,
              Character.UNASSIGNED ->
              true;
          default -> false;
        };
  }

  private static boolean isLoneSurrogate(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }
}
