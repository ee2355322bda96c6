package io.tongbao.server.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 平台转账: the platform gives members money of its own, such as red packets. Nobody confirms it.
 * Specification escrow §4.2.19.
 */
@Component
public final class Transfers {
  /** 平台保证金账户、营销专用账户和自定义 A 账户. */
  private static final Set<String> SOURCES =
      Set.of(PlatformAccounts.DEPOSIT, PlatformAccounts.MARKETING, PlatformAccounts.CUSTOM);

  private static final String REMARK = "平台转账";

  private static final String INSERT =
      """
      INSERT INTO transfer (merchant_id, id, number, transfer_no, source, target, member_id, amount,
        remark, fingerprint, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private final JdbcClient jdbc;
  private final PlatformAccounts platform;
  private final AccountSets sets;
  private final Ledger ledger;

  Transfers(JdbcClient jdbc, PlatformAccounts platform, AccountSets sets, Ledger ledger) {
    this.jdbc = jdbc;
    this.platform = platform;
    this.sets = sets;
    this.ledger = ledger;
  }

  /**
   * What the merchant asks for.
   *
   * @param number the merchant's own number
   * @param source the account set of the platform that pays
   * @param fingerprint of the merchant's request
   */
  public record Draft(
      String number,
      String source,
      Member target,
      Money amount,
      @Nullable String remark,
      Bytes fingerprint) {}

  /** Moves the money at once; gives the platform's number of the transfer. */
  public String open(Merchant merchant, Draft draft, Instant now) {
    draft.target().requireActive();
    Opening.checkAmounts(draft.amount(), Money.ZERO);
    if (!SOURCES.contains(draft.source())) {
      throw sets.unfit(merchant, draft.source(), "sourceAccountSetNo");
    }
    if (exists(merchant, draft.number())) {
      throw Refusal.of(Reason.ORDER_EXISTS, "bizTransferNo");
    }
    String transferNo = Opening.number();
    switch (ledger.commit(change(merchant, draft, transferNo, now))) {
      case Outcome.Committed _ -> {}
      case Outcome.Refused refused -> throw Commits.refusal(refused.reason());
      case Outcome.Conflict _ -> throw Refusal.of(Reason.ORDER_EXISTS, "bizTransferNo");
    }
    return transferNo;
  }

  private Change change(Merchant merchant, Draft draft, String transferNo, Instant now) {
    long source = platform.of(merchant, draft.source());
    long target = draft.target().account();
    long fen = draft.amount().fen();
    String remark = draft.remark() == null ? REMARK : draft.remark();
    RowWrite row =
        RowWrite.of(
            "new transfer",
            INSERT,
            merchant.id(),
            Ids.next(),
            draft.number(),
            transferNo,
            source,
            target,
            draft.target().id(),
            fen,
            draft.remark(),
            draft.fingerprint().toArray(),
            now);
    return Change.at(now)
        .key(new Change.Key(merchant.id(), "transfer", transferNo, 0, draft.fingerprint()))
        .move(
            new Movement.Post(List.of(new Leg(source, -fen, remark), new Leg(target, fen, remark))))
        .write(row)
        .build();
  }

  private boolean exists(Merchant merchant, String number) {
    return jdbc.sql("SELECT 1 FROM transfer WHERE merchant_id = ? AND number = ?")
        .params(merchant.id(), number)
        .query((_, _) -> true)
        .optional()
        .isPresent();
  }
}
