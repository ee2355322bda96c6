package io.tongbao.server.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 流标专用退款: a bid has failed, and its investments go back to the investors' balances, whole, with the
 * fees; coupons go back to the platform. All of a list in one change, or none. Specification escrow
 * §4.2.18, §5.13.
 */
@Component
public final class BidRefunds {
  /** How many investments one list may name, unless the merchant's setting says otherwise. */
  public static final int MOST_ITEMS = 500;

  private static final String BATCH = "new bid refund";

  private static final String INSERT =
      """
      INSERT INTO bid_refund (merchant_id, number, goods_no, items, amount, refunded_at)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private final JdbcClient jdbc;
  private final Orders orders;
  private final Parts parts;
  private final CollectionRows collections;
  private final Bids bids;
  private final Members members;
  private final Restitutions restitutions;
  private final Race race;

  BidRefunds(
      JdbcClient jdbc,
      Orders orders,
      Parts parts,
      CollectionRows collections,
      Bids bids,
      Members members,
      Restitutions restitutions,
      Race race) {
    this.jdbc = jdbc;
    this.orders = orders;
    this.parts = parts;
    this.collections = collections;
    this.bids = bids;
    this.members = members;
    this.restitutions = restitutions;
    this.race = race;
  }

  /**
   * One investment that goes back.
   *
   * @param number the merchant's own number of the refund
   * @param original the merchant's own number of the investment
   */
  public record Item(String number, String original, Order.Terms terms) {}

  /**
   * Gives all back, or refuses; the orders are in the list's order.
   *
   * @param batch the merchant's own number of the list
   * @param fingerprint of the merchant's request
   */
  public List<Order> open(
      Merchant merchant,
      String batch,
      Ware ware,
      List<Item> items,
      Bytes fingerprint,
      Instant now) {
    if (!ware.isBid()) {
      throw Refusal.of(Reason.BAD_FIELD, "goodsType");
    }
    bids.require(merchant, ware.number(), "goodsNo");
    checkList(merchant, batch, items);
    return race.run(
        Restitutions.MOVING, () -> decide(merchant, batch, ware, items, fingerprint, now));
  }

  private void checkList(Merchant merchant, String batch, List<Item> items) {
    if (exists(merchant, batch)) {
      throw Refusal.of(Reason.ORDER_EXISTS, "bizBatchNo");
    }
    Set<String> numbers = new HashSet<>();
    Set<String> originals = new HashSet<>();
    if (items.size() > merchant.number("bidRefund.most", MOST_ITEMS)) {
      throw Refusal.of(Reason.BAD_FIELD, "batchRefundList");
    }
    for (Item item : items) {
      if (!numbers.add(item.number()) || orders.find(merchant, item.number()).isPresent()) {
        throw Refusal.of(Reason.ORDER_EXISTS, item.number());
      }
      if (!originals.add(item.original())) {
        throw Refusal.of(Reason.ORDER_WRONG, item.original());
      }
    }
  }

  private Race.Decision<List<Order>> decide(
      Merchant merchant,
      String batch,
      Ware ware,
      List<Item> items,
      Bytes fingerprint,
      Instant now) {
    Change.Builder change =
        Change.at(now).key(new Change.Key(merchant.id(), "bid-refund", batch, 0, fingerprint));
    List<Order> refunds = new ArrayList<>();
    Money sum = Money.ZERO;
    for (Item item : items) {
      Restitution restitution = restitution(merchant, ware, item, fingerprint, now);
      change
          .move(new Movement.Post(restitution.legs()))
          .writeAll(restitutions.opening(restitution))
          .writeAll(restitutions.given(restitution, now));
      refunds.add(restitution.order());
      sum = sum.plus(restitution.order().amount());
    }
    change.write(row(merchant, batch, ware, items.size(), sum, now));
    return new Race.Decision<>(refunds, change.build());
  }

  private Restitution restitution(
      Merchant merchant, Ware ware, Item item, Bytes fingerprint, Instant now) {
    Order original = original(merchant, ware, item);
    Member payer = members.byId(merchant, original.member()).requireActive();
    List<Part> paid = parts.of(original);
    Money coupons =
        paid.stream()
            .filter(part -> Share.isCoupon(part.way()))
            .map(Part::amount)
            .reduce(Money.ZERO, Money::plus);
    List<Refund.Given> shares =
        Refund.toBalance(
            Refund.shares(original.amount(), coupons, paid, payer.account()), payer.account());
    Refund refund = new Refund(original.id(), coupons, original.fee(), shares, null, null);
    RefundDraft draft =
        new RefundDraft(
            item.number(),
            item.original(),
            payer,
            original.amount(),
            coupons,
            original.fee(),
            item.terms(),
            fingerprint);
    Order order = draft.order(merchant, State.SUCCEEDED, now);
    return restitutions.of(merchant, original, paid, order, refund, payer);
  }

  /** An investment in this bid of which nothing was disbursed or given back. */
  private Order original(Merchant merchant, Ware ware, Item item) {
    Order original =
        orders
            .find(merchant, item.original())
            .orElseThrow(() -> Refusal.of(Reason.ORDER_UNKNOWN, item.original()));
    if (original.kind() != Kind.COLLECTION) {
      throw Refusal.of(Reason.WRONG_ORDER_TYPE, item.original());
    }
    CollectionRows.Purpose purpose = collections.purpose(original);
    if (!purpose.trade().invests() || !purpose.ware().equals(ware)) {
      throw Refusal.of(Reason.ORDER_WRONG, item.original());
    }
    if (original.state() != State.SUCCEEDED || original.refunded().isPositive()) {
      throw Refusal.of(Reason.WRONG_ORDER_STATE, item.original());
    }
    if (!collections.remaining(original).equals(original.net())) {
      throw Refusal.of(Reason.INSUFFICIENT_BALANCE, item.original());
    }
    return original;
  }

  private boolean exists(Merchant merchant, String batch) {
    return jdbc.sql("SELECT 1 FROM bid_refund WHERE merchant_id = ? AND number = ?")
        .params(merchant.id(), batch)
        .query((_, _) -> true)
        .optional()
        .isPresent();
  }

  private static RowWrite row(
      Merchant merchant, String batch, Ware ware, int items, Money sum, Instant now) {
    return RowWrite.of(BATCH, INSERT, merchant.id(), batch, ware.number(), items, sum.fen(), now);
  }
}
