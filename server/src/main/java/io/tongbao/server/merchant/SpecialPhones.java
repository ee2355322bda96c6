package io.tongbao.server.merchant;

import java.util.List;

/**
 * The beginnings of phones that fail in a test, where the tester wants them to. Specification
 * escrow §4.1.10.
 */
public final class SpecialPhones {
  /** The merchant's setting, {@code "true"}; only a sandbox looks at it. */
  public static final String FAIL = "sandbox.specialPhonesFail";

  private static final List<String> BEGINNINGS =
      List.of("151", "152", "153", "181", "182", "183", "188");

  private SpecialPhones() {}

  /** Whether what is done with this phone fails. */
  public static boolean fail(Merchant merchant, String phone) {
    return merchant.allows(FAIL) && BEGINNINGS.stream().anyMatch(phone::startsWith);
  }
}
