package io.tongbao.server.merchant;

import io.tongbao.kernel.Ids;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.RowWrite;
import java.util.ArrayList;
import java.util.List;

/**
 * The accounts that a merchant has besides its members' or brokers': on the escrow face the
 * platform's sets of the specification (标准账户集), on the payout face one for fees; and one clearing
 * account per channel, which stands for the outside world.
 */
final class PlatformAccounts {
  private static final List<String> SETS =
      List.of("100001", "100002", "100003", "100004", "100005", "2000000", "3000001");

  /** The ways of paying that go outside (§5.2), and TLT, which sends money to bank accounts. */
  private static final List<String> CHANNELS =
      List.of(
          "GATEWAY",
          "POSPAY",
          "REALNAMEPAY",
          "REALNAMEPAY_BATCH",
          "WITHHOLD_TLT",
          "QUICKPAY_N",
          "WECHATPAY_APP",
          "SCAN_WEIXIN",
          "SCAN_ALIPAY",
          "WECHAT_PUBLIC",
          "ALIPAY_SERVICE",
          "QQ_WALLET",
          "CODEPAY_W",
          "CODEPAY_A",
          "CODEPAY_Q",
          "TLT");

  /** The three ways of paying out. */
  private static final List<String> PAYOUT_CHANNELS = List.of("BANKCARD", "ALIPAY", "WXPAY");

  private static final long CLEARING_FLOOR = -1_000_000_000_000_000L;

  private PlatformAccounts() {}

  /** The row writes that open them. */
  static List<RowWrite> openings(Face face, int merchant) {
    return switch (face) {
      case ESCROW -> openings(merchant, SETS, CHANNELS);
      case PAYOUT -> openings(merchant, List.of("fee"), PAYOUT_CHANNELS);
      case QUICKPASS, FINDCARD, WITHHOLD -> List.of();
    };
  }

  private static List<RowWrite> openings(int merchant, List<String> sets, List<String> channels) {
    List<RowWrite> openings = new ArrayList<>();
    for (String set : sets) {
      openings.add(Accounts.opening(Ids.next(), merchant, 0, set, 0));
    }
    for (String channel : channels) {
      openings.add(
          Accounts.opening(Ids.next(), merchant, 0, "clearing:" + channel, CLEARING_FLOOR));
    }
    return openings;
  }
}
