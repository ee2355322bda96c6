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

  /** The name with all but its first character hidden. */
  String nameMask() {
    if (name == null || name.reveal().isEmpty()) {
      return "";
    }
    return name.reveal().substring(0, name.reveal().offsetByCodePoints(0, 1)) + "**";
  }

  /** The account with its middle hidden, as the specification's files print it. */
  String accountMask(PayoutChannel channel) {
    return switch (channel) {
      case BANKCARD -> account.masked(4, 4);
      case ALIPAY -> account.masked(3, 3);
      case WXPAY -> account.masked(4, 4);
    };
  }
}
