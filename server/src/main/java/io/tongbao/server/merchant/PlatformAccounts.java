package io.tongbao.server.merchant;

import io.tongbao.kernel.Ids;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.RowWrite;
import java.util.ArrayList;
import java.util.List;

/**
 * The accounts that an escrow application has besides its members': the platform's sets of the
 * specification (标准账户集) and one clearing account per channel, which stands for the outside world.
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

  private static final long CLEARING_FLOOR = -1_000_000_000_000_000L;

  private PlatformAccounts() {}

  /** The row writes that open them; none on other faces. */
  static List<RowWrite> openings(Face face, int merchant) {
    if (face != Face.ESCROW) {
      return List.of();
    }
    List<RowWrite> openings = new ArrayList<>();
    for (String set : SETS) {
      openings.add(Accounts.opening(Ids.next(), merchant, 0, set, 0));
    }
    for (String channel : CHANNELS) {
      openings.add(
          Accounts.opening(Ids.next(), merchant, 0, "clearing:" + channel, CLEARING_FLOOR));
    }
    return openings;
  }
}
