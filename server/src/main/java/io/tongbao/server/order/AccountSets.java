package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.merchant.Merchant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The account set numbers that requests name. Members of a merchant have one set, whose number the
 * merchant was told; the platform has the standard ones. Specification escrow §6.21.
 */
@Component
public final class AccountSets {
  private static final Set<String> STANDARD =
      Set.of(
          PlatformAccounts.OWN,
          PlatformAccounts.DEPOSIT,
          PlatformAccounts.RESERVE,
          PlatformAccounts.FORWARD,
          PlatformAccounts.BACKWARD,
          PlatformAccounts.MARKETING,
          PlatformAccounts.CUSTOM);

  /** Refuses a set that is not the members' one; absent means that one. */
  public void requireMembers(Merchant merchant, @Nullable String set) {
    requireMembers(merchant, set, "accountSetNo");
  }

  /** The same, where the request has the set under another name. */
  public void requireMembers(Merchant merchant, @Nullable String set, String field) {
    if (set != null && !set.equals(merchant.setting("accountSetNo"))) {
      throw unfit(merchant, set, field);
    }
  }

  /** Whether a set is one of the platform's. */
  static boolean isStandard(String set) {
    return STANDARD.contains(set);
  }

  /** Why a set cannot be used where it was named: it is another kind of set, or there is none. */
  public Refusal unfit(Merchant merchant, String set, String field) {
    boolean exists = STANDARD.contains(set) || set.equals(merchant.setting("accountSetNo"));
    return Refusal.of(exists ? Reason.WRONG_ACCOUNT_SET : Reason.ACCOUNT_SET_UNKNOWN, field);
  }
}
