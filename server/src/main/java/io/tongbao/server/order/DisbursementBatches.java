package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 批量托管代付: disbursements that come in one list. The list is stored whole, each item an order in
 * progress; afterwards each is paid or fails on its own, once. Specification escrow §4.2.7, §5.11.
 */
@Component
public final class DisbursementBatches implements Job {
  /** How many items a list may have, unless the merchant's setting says otherwise. */
  public static final int MOST_ITEMS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(DisbursementBatches.class);
  private static final int AT_A_TIME = 100;

  /**
   * For how long a round asks banks itself. Items that are paid later in the round are asked for by
   * the channels' worker, so that a bank that is slow does not keep the merchant's other jobs.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  static final String BATCH = "new batch";
  private static final String ITEM = "batch item";

  private static final String INSERT_BATCH =
      """
      INSERT INTO disbursement_batch (merchant_id, number, items, amount, received_at)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String INSERT_ITEM =
      """
      INSERT INTO disbursement_item (merchant_id, order_id, batch, seq) VALUES (?, ?, ?, ?)
      """;

  private static final String DONE =
      """
      UPDATE disbursement_item SET done = true
      WHERE merchant_id = ? AND order_id = ? AND NOT done
      """;

  private final JdbcClient jdbc;
  private final Disbursements disbursements;
  private final DisbursementSettlement stored;
  private final Orders orders;
  private final Commits commits;

  DisbursementBatches(
      JdbcClient jdbc,
      Disbursements disbursements,
      DisbursementSettlement stored,
      Orders orders,
      Commits commits) {
    this.jdbc = jdbc;
    this.disbursements = disbursements;
    this.stored = stored;
    this.orders = orders;
    this.commits = commits;
  }

  /**
   * Stores a list, all of it; refuses it where one item could never be paid.
   *
   * @param number the merchant's own number of the list
   */
  public void accept(
      Merchant merchant, String number, List<DisbursementDraft> drafts, Instant now) {
    checkList(merchant, number, drafts);
    Money sum = drafts.stream().map(DisbursementDraft::amount).reduce(Money.ZERO, Money::plus);
    // The list comes first: of two with the same number the second stumbles here, not at its items.
    Change.Builder change =
        Change.at(now)
            .write(
                RowWrite.of(
                    BATCH, INSERT_BATCH, merchant.id(), number, drafts.size(), sum.fen(), now));
    for (int i = 0; i < drafts.size(); i++) {
      Outlay outlay = prepare(merchant, drafts.get(i), i, now);
      change.writeAll(disbursements.opening(outlay)).write(item(outlay.order(), number, i + 1));
    }
    commits.make(change.build());
  }

  /** The item that a draft asks for; what is wrong with it is named with its place in the list. */
  private Outlay prepare(Merchant merchant, DisbursementDraft draft, int place, Instant now) {
    try {
      return disbursements.prepare(
          merchant, draft, Kind.BATCH_DISBURSEMENT, State.IN_PROGRESS, now);
    } catch (Refusal refusal) {
      throw refusal.within("batchPayList[" + place + "].");
    }
  }

  private void checkList(Merchant merchant, String number, List<DisbursementDraft> drafts) {
    if (drafts.size() > merchant.number("batch.most", MOST_ITEMS)) {
      throw Refusal.of(Reason.BAD_FIELD, "batchPayList");
    }
    if (exists(merchant, number)) {
      throw Refusal.of(Reason.ORDER_EXISTS, "bizBatchNo");
    }
    Set<String> numbers = new HashSet<>();
    boolean toBank = drafts.getFirst().target() != null;
    for (int i = 0; i < drafts.size(); i++) {
      DisbursementDraft draft = drafts.get(i);
      if (!numbers.add(draft.number())) {
        throw Refusal.of(Reason.ORDER_EXISTS, draft.number());
      }
      if ((draft.target() != null) != toBank) {
        throw Refusal.of(Reason.RULE_LIMIT, "batchPayList[" + i + "].payToBankCardInfo");
      }
    }
  }

  @Override
  public String name() {
    return "batch-disbursements";
  }

  /** Pays what waits, in the order of the lists. */
  @Override
  public int run(Merchant merchant, Instant now) {
    int paid = 0;
    long start = System.nanoTime();
    for (long order : waiting(merchant)) {
      boolean waits = System.nanoTime() - start < PATIENCE.toNanos();
      if (attempt(merchant, order, waits, now)) {
        paid++;
      }
    }
    return paid;
  }

  /** One item that cannot be paid for a fault of ours does not keep the others waiting. */
  private boolean attempt(Merchant merchant, long order, boolean waits, Instant now) {
    try {
      return pay(merchant, order, waits, now);
    } catch (RuntimeException e) {
      LOG.error("disbursement {} of a batch is tried again", order, e);
      return false;
    }
  }

  /** Whether the item is done now. Another node may have been faster: then nothing is written. */
  private boolean pay(Merchant merchant, long id, boolean waits, Instant now) {
    Outlay outlay = stored.outlay(orders.byId(merchant.id(), id));
    Order order = outlay.order();
    if (order.state() != State.IN_PROGRESS) {
      return false;
    }
    List<RowWrite> moves = new ArrayList<>();
    moves.add(done(order));
    if (outlay.target() == null) {
      moves.addAll(orders.move(order, new Event.Settled(), now));
    }
    try {
      outlay.payee().requireActive();
      disbursements.pay(outlay, moves, waits, now);
      return true;
    } catch (Refusal refusal) {
      return refusal.reason() != Reason.BUSY && fail(outlay, reason(refusal), now);
    }
  }

  private boolean fail(Outlay outlay, String reason, Instant now) {
    Order order = outlay.order();
    Change.Builder change =
        Change.at(now)
            .write(done(order))
            .writeAll(orders.move(order, new Event.Declined(reason), now));
    if (outlay.target() != null) {
      change.writeAll(OrderNews.failed(order, outlay.buyer(), reason, now));
    }
    return commits.attempt(change.build());
  }

  private static String reason(Refusal refusal) {
    if (refusal.reason() == Reason.INSUFFICIENT_BALANCE) {
      return "账户余额不足";
    }
    if (refusal.reason() == Reason.CARD_UNKNOWN) {
      return "银行卡绑定记录不存在";
    }
    return refusal.reason() == Reason.MEMBER_LOCKED ? "用户已经被锁" : "交易规则限制";
  }

  private List<Long> waiting(Merchant merchant) {
    return jdbc.sql(
            """
            SELECT order_id FROM disbursement_item
            WHERE merchant_id = ? AND NOT done ORDER BY order_id LIMIT ?
            """)
        .params(merchant.id(), AT_A_TIME)
        .query((row, _) -> row.getLong(1))
        .list();
  }

  private boolean exists(Merchant merchant, String number) {
    return jdbc.sql("SELECT 1 FROM disbursement_batch WHERE merchant_id = ? AND number = ?")
        .params(merchant.id(), number)
        .query((_, _) -> true)
        .optional()
        .isPresent();
  }

  private static RowWrite item(Order order, String batch, int seq) {
    return RowWrite.of(ITEM, INSERT_ITEM, order.merchant(), order.id(), batch, seq);
  }

  private static RowWrite done(Order order) {
    return RowWrite.of(ITEM, DONE, order.merchant(), order.id());
  }
}
