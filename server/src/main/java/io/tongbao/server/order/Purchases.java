package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * 消费: one member pays another, or the platform for goods of its own; the receiver pays the fee and
 * gives shares on, and so do those who get them. Specification escrow §4.2.4, §5.3.
 */
@Component
public final class Purchases {
  /** The receiver's number that means the platform itself. */
  public static final String PLATFORM = "#yunBizUserId_B2C#";

  private final Openings openings;
  private final SplitNodes splits;
  private final Members members;
  private final PlatformAccounts platform;

  Purchases(Openings openings, SplitNodes splits, Members members, PlatformAccounts platform) {
    this.openings = openings;
    this.splits = splits;
    this.members = members;
    this.platform = platform;
  }

  /** The account of a purchase's receiver, who may receive. */
  public long receiver(Merchant merchant, String number) {
    if (!number.equals(PLATFORM)) {
      return members.active(merchant, number, "recieverId").account();
    }
    if (!merchant.allows("b2c")) {
      throw Refusal.of(Reason.B2C_NOT_ENABLED, "recieverId");
    }
    return platform.of(merchant, PlatformAccounts.OWN);
  }

  /**
   * Opens a purchase with what the payer needs to go on.
   *
   * @param receiver the receiver's number, whose account the draft names
   */
  public Opened open(Draft draft, String receiver, List<Split> tree) {
    Opening.checkAmounts(draft.amount(), draft.fee());
    if (draft.account() == draft.payer().account()) {
      throw Refusal.of(Reason.RULE_LIMIT, "recieverId");
    }
    Split.check("splitRule", receiver, draft.amount().minus(draft.fee()), tree);
    List<SplitNode> nodes = splits.place(draft.merchant(), draft.account(), "splitRule", tree);
    return openings.open(draft, order -> SplitNodes.open(order, nodes));
  }
}
