package io.tongbao.server.order;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.member.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disbursement as the merchant asks for it. Specification escrow §4.2.6, §5.11.
 *
 * @param number the merchant's own number
 * @param amount fen, including the fee and what the payee gives on
 * @param fingerprint of the merchant's request
 */
public record DisbursementDraft(
    String number,
    Member payee,
    Trade trade,
    Ware ware,
    Money amount,
    Money fee,
    List<Split> splits,
    Disbursement.@Nullable Target target,
    Order.Terms terms,
    Bytes fingerprint) {

  public DisbursementDraft {
    splits = List.copyOf(splits);
  }

  /** Refuses what could never be paid, whatever was collected. */
  void check() {
    payee.requireActive();
    Opening.checkAmounts(amount, fee);
    Money net = amount.minus(fee);
    Split.check("splitRuleList", payee.bizUserId(), net, splits);
    if (target != null) {
      Money given = splits.stream().map(Split::amount).reduce(Money.ZERO, Money::plus);
      if (!target.amount().isPositive() || !target.amount().equals(net.minus(given))) {
        throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "payToBankCardInfo.amount");
      }
    }
  }
}
