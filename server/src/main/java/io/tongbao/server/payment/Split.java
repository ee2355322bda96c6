package io.tongbao.server.payment;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import java.util.ArrayList;
import java.util.List;

/**
 * How a payout is sent: in one part, or a WeChat payout of a broker with two red packets (PGT) in
 * two. Amount and fee are divided to the fen; what rounding leaves is the system's.
 */
final class Split {
  private Split() {}

  static List<Part> of(Payout payout, Broker.Terms terms) {
    boolean two = payout.channel() == PayoutChannel.WXPAY && terms.packets() == Broker.Packets.PGT;
    Money broker = two ? Broker.millionths(payout.pay(), terms.brokerShare()) : Money.ZERO;
    Money brokerFee = two ? Broker.millionths(payout.fee(), terms.brokerShare()) : Money.ZERO;
    List<Part> parts = new ArrayList<>();
    if (broker.fen() < payout.pay().fen()) {
      Money rest = payout.pay().minus(broker);
      parts.add(part(Part.Side.SYSTEM, rest, payout.fee().minus(brokerFee), terms));
    }
    if (broker.isPositive()) {
      Money fee = parts.isEmpty() ? payout.fee() : brokerFee;
      parts.add(part(Part.Side.BROKER, broker, fee, terms));
    }
    return parts;
  }

  private static Part part(Part.Side side, Money amount, Money fee, Broker.Terms terms) {
    Money rebate = Broker.millionths(fee, terms.rebateRate());
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
