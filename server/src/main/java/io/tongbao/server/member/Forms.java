package io.tongbao.server.member;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a member's numbers and names may look like (THREATS T-X8, T3-1). Each method gives the text
 * back in the form that is stored and compared, or refuses it by its wire name.
 */
public final class Forms {
  /** The longest number that a merchant may give a member. */
  public static final int MEMBER_NUMBER = 64;

  /** The longest name of a person or a company, in characters. */
  public static final int NAME = 128;

  private static final String RESERVED = "#yun";
  private static final Pattern PRINTABLE = Pattern.compile("\\A[\\x21-\\x7E]+\\z");
  private static final Pattern DRAWN = Pattern.compile("\\A[0-9]{20}\\z");
  private static final Pattern PHONE = Pattern.compile("\\A1[0-9]{10}\\z");
  private static final Pattern IDENTITY = Pattern.compile("\\A[0-9]{17}[0-9X]\\z");
  private static final Pattern CARD = Pattern.compile("\\A[0-9]{12,19}\\z");
  private static final Pattern ACCOUNT = Pattern.compile("\\A[0-9]{8,30}\\z");
  private static final Pattern UNION_BANK = Pattern.compile("\\A[0-9]{12}\\z");

  private Forms() {}

  /** A merchant's number of a new member: ASCII without blanks, and not one of the reserved. */
  public static String memberNumber(String text, String field) {
    if (!isMemberNumber(text) || text.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
    return text;
  }

  /** Whether a member can have that number at all. What cannot be is not looked up. */
  static boolean isMemberNumber(String text) {
    return text.length() <= MEMBER_NUMBER && PRINTABLE.matcher(text).matches();
  }

  /** Whether a number is one of those that we draw for applications. */
  static boolean isDrawnNumber(String text) {
    return DRAWN.matcher(text).matches();
  }

  /** Eleven digits beginning with 1. */
  public static Secret phone(String text, String field) {
    return matching(PHONE, text, field);
  }

  /** An identity card's number: 17 digits and a digit or X. The check digit is not looked at. */
  public static Secret identityNo(Secret secret, String field) {
    return matching(IDENTITY, secret.reveal().toUpperCase(Locale.ROOT), field);
  }

  public static Secret cardNo(Secret secret, String field) {
    return matching(CARD, secret.reveal(), field);
  }

  /** A company's account at a bank. */
  public static Secret accountNo(Secret secret, String field) {
    return matching(ACCOUNT, secret.reveal(), field);
  }

  /** A bank's payment number (支付行号). */
  public static String unionBank(String text, String field) {
    return matching(UNION_BANK, text, field).reveal();
  }

  /** A name of a person or company, composed (NFC) and without blanks around it. */
  public static Secret name(String text, String field) {
    return new Secret(words(text, NAME, field));
  }

  /** Free text of people: composed, and without what cannot be seen or cannot go into a file. */
  public static String words(String text, int longest, String field) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (composed.isBlank()
        || !composed.equals(composed.strip())
        || composed.codePointCount(0, composed.length()) > longest
        || !StandardCharsets.UTF_8.newEncoder().canEncode(composed)
        || !composed.codePoints().allMatch(Forms::isVisible)) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
    return composed;
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> character != '|';
    };
  }

  private static Secret matching(Pattern form, String text, String field) {
    if (!form.matcher(text).matches()) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
    return new Secret(text);
  }
}
