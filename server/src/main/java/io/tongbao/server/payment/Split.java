package io.tongbao.server.payment;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import java.util.ArrayList;
import java.util.List;

/**
 * How a payout is sent: in one part, or a WeChat payout of a broker with two red packets (PGT) in
 * two. Amount, fee and rebate are divided to the fen; what rounding leaves is the system's.
 */
final class Split {
  private Split() {}

  static List<Part> of(Payout payout, Broker.Terms terms) {
    boolean two = payout.channel() == PayoutChannel.WXPAY && terms.packets() == Broker.Packets.PGT;
    Money broker = two ? Broker.millionths(payout.pay(), terms.brokerShare()) : Money.ZERO;
    Money rebate = Broker.millionths(payout.fee(), terms.rebateRate());
    Money brokerFee = two ? Broker.millionths(payout.fee(), terms.brokerShare()) : Money.ZERO;
    Money brokerRebate = two ? Broker.millionths(rebate, terms.brokerShare()) : Money.ZERO;
    List<Part> parts = new ArrayList<>();
    if (broker.fen() < payout.pay().fen()) {
      Money rest = payout.pay().minus(broker);
      Money fee = payout.fee().minus(brokerFee);
      parts.add(part(Part.Side.SYSTEM, rest, fee, rebate.minus(brokerRebate)));
    }
    if (broker.isPositive()) {
      boolean all = parts.isEmpty();
      Money fee = all ? payout.fee() : brokerFee;
      parts.add(part(Part.Side.BROKER, broker, fee, all ? rebate : brokerRebate));
    }
    return parts;
  }

  private static Part part(Part.Side side, Money amount, Money fee, Money rebate) {
    return new Part(
        side,
        amount,
        fee,
        rebate,
        Ids.next(),
        Ids.next(),
        Part.State.ASKED,
        PayoutDetail.NONE,
        null);
  }
}
