package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.server.merchant.Merchant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What 新移动快捷 asks of the payer of one order: its password, a code to the phone that the card's bank
 * knows, or both; never nothing. Specification escrow §4.2.2 (isNeedPassword, mobileFlag), §4.2.11.
 */
public record QuickPay(boolean password, boolean code) {
  private static final String PASSWORD = "password";
  private static final String CODE = "code";
  private static final String YES = "1";
  private static final String NO = "0";

  /**
   * What an amount needs. The merchant's settings {@code quickpay.passwordFrom} and {@code
   * quickpay.codeFrom} are the least fen that want the one and the other; where they are not set,
   * every amount does.
   *
   * @param alone whether nothing else pays a part: what comes out of a balance wants a code
   */
  static QuickPay of(Merchant merchant, Money amount, boolean alone) {
    boolean password = amount.fen() >= merchant.number("quickpay.passwordFrom", 0);
    boolean code = amount.fen() >= merchant.number("quickpay.codeFrom", 0);
    return new QuickPay(password, code || !password || !alone);
  }

  /** What an order was opened with; empty where it is paid in other ways. */
  static Optional<QuickPay> of(List<Part> parts) {
    return parts.stream()
        .filter(part -> part.way() == Way.QUICKPAY_N)
        .findFirst()
        .map(part -> new QuickPay(is(part, PASSWORD), is(part, CODE)));
  }

  /** The same as the part's detail. */
  Map<String, String> detail() {
    return Map.of(PASSWORD, password ? YES : NO, CODE, code ? YES : NO);
  }

  private static boolean is(Part part, String name) {
    return YES.equals(part.detail(name));
  }
}
