package io.tongbao.server.order;

import io.tongbao.ledger.Account;
import io.tongbao.ledger.Accounts;
import io.tongbao.server.merchant.Merchant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The ledger accounts that a merchant's application has of its own: the standard account sets and
 * one clearing account per channel. An account keeps its id for ever, so each is looked up once.
 * Specification escrow §6.21.
 */
@Component
public final class PlatformAccounts {
  /** 标准余额账户集: the application's own money; fees come in here. */
  public static final String OWN = "100001";

  /** 标准保证金账户集. */
  public static final String DEPOSIT = "100002";

  /** 标准准备金账户集. */
  public static final String RESERVE = "100003";

  /** 自定义账户集 A. */
  public static final String CUSTOM = "3000001";

  /** 中间账户集 A: collected money waits here. */
  public static final String FORWARD = "100004";

  /** 中间账户集 B: money on its way back. */
  public static final String BACKWARD = "100005";

  /** 标准营销账户集: pays coupons. */
  public static final String MARKETING = "2000000";

  private record Name(int merchant, String setNo) {}

  private final Accounts accounts;
  private final Map<Name, Long> known = new ConcurrentHashMap<>();

  PlatformAccounts(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The id of the account in a standard set, which every merchant has. */
  public long of(Merchant merchant, String setNo) {
    return known.computeIfAbsent(new Name(merchant.id(), setNo), this::look);
  }

  /** The id of the account that stands for a channel: what it owes us is what it is below zero. */
  public long clearing(Merchant merchant, String channel) {
    return of(merchant, "clearing:" + channel);
  }

  private long look(Name name) {
    return accounts
        .find(name.merchant(), 0, name.setNo())
        .map(Account::id)
        .orElseThrow(
            () -> new IllegalStateException("merchant " + name.merchant() + ": " + name.setNo()));
  }
}
