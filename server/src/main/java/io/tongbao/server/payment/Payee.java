package io.tongbao.server.payment;

import io.tongbao.kernel.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who is paid, and where.
 *
 * @param account the number of the card, the Alipay account or the openid
 */
public record Payee(
    @Nullable Secret name, Secret account, @Nullable Secret idCard, @Nullable Secret phone) {

  /** The name with a star for each character but the first; the specification prints 张** and 聂*. */
  String nameMask() {
    if (name == null || name.reveal().isEmpty()) {
      return "";
    }
    String text = name.reveal();
    int hidden = text.codePointCount(0, text.length()) - 1;
    return hidden == 0
        ? "*"
        : text.substring(0, text.offsetByCodePoints(0, 1)) + "*".repeat(hidden);
  }

  /** The account with its middle hidden: 6228*****52416, 134****431, oQWg******iusdfzvMZN1HEsdf. */
  String accountMask(PayoutChannel channel) {
    return switch (channel) {
      case BANKCARD -> masked(4, 5, 5);
      case ALIPAY -> masked(3, 4, 3);
      case WXPAY -> masked(4, 6, 16);
    };
  }

  /** Stars that do not say how many characters they hide, nor too few of them. */
  private String masked(int head, int stars, int tail) {
    String text = account.reveal();
    int hidden = text.length() - head - tail;
    if (hidden < stars) {
      int shown = Math.max(0, text.length() - stars) / 2;
      return account.masked(Math.min(head, shown), Math.min(tail, shown));
    }
    return text.substring(0, head) + "*".repeat(stars) + text.substring(text.length() - tail);
  }
}
