package io.tongbao.server.order;

import io.tongbao.kernel.Money;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequest.Act;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One refund with all that its postings need. The original's receiver bears all but the part of the
 * fee that the platform gives back, also where it gave shares to others; of a collection, the
 * intermediate account. Specification escrow §4.2.17.
 *
 * @param original the order that is given back
 * @param parts what it was paid with
 * @param fees the platform's account for fee income
 * @param returning the platform's account where money waits on its way back
 * @param payer the member's number
 */
record Restitution(
    Order original,
    List<Part> parts,
    Order order,
    Refund refund,
    long fees,
    long returning,
    String payer) {

  /** The {@link ChannelRequest#owner()} of requests that give money back. */
  static final String OWNER = "refund";

  private static final String REMARK = "退款";
  private static final String FEE_REMARK = "退手续费";

  /** The idempotency key of one step of this refund. */
  Change.Key key(String step) {
    return new Change.Key(order.merchant(), step, order.orderNo(), order.id(), order.fingerprint());
  }

  /** Fen that the original's receiver bears. */
  Money borne() {
    return order.amount().minus(refund.fee());
  }

  /** From the receiver and the fee account to where money waits on its way back, and from there. */
  List<Leg> legs() {
    List<Leg> legs = new ArrayList<>();
    if (borne().isPositive()) {
      legs.add(new Leg(original.account(), -borne().fen(), REMARK));
    }
    if (refund.fee().isPositive()) {
      legs.add(new Leg(fees, -refund.fee().fen(), FEE_REMARK));
    }
    legs.add(new Leg(returning, order.amount().fen(), REMARK));
    legs.add(new Leg(returning, -order.amount().fen(), REMARK));
    Map<Long, Long> targets = new LinkedHashMap<>();
    for (Refund.Given given : refund.shares()) {
      targets.merge(given.account(), given.share().amount().fen(), Math::addExact);
    }
    targets.forEach((account, fen) -> legs.add(new Leg(account, fen, REMARK)));
    return legs;
  }

  /** Sets aside what the refund takes, while a channel decides. */
  List<Movement> freeze() {
    List<Movement> movements = new ArrayList<>();
    Long hold = refund.hold();
    if (hold != null) {
      movements.add(freeze(hold, original.account(), borne()));
    }
    Long feeHold = refund.feeHold();
    if (feeHold != null) {
      movements.add(freeze(feeHold, fees, refund.fee()));
    }
    return movements;
  }

  /** Takes what was set aside, in one posting. */
  List<Movement> capture() {
    Long hold = refund.hold();
    Long feeHold = refund.feeHold();
    if (hold != null && feeHold != null) {
      return List.of(
          new Movement.Unfreeze(feeHold, refund.fee().fen()),
          new Movement.Capture(hold, borne().fen(), legs()));
    }
    if (hold != null) {
      return List.of(new Movement.Capture(hold, borne().fen(), legs()));
    }
    if (feeHold != null) {
      return List.of(new Movement.Capture(feeHold, refund.fee().fen(), legs()));
    }
    throw new IllegalStateException("refund " + order.orderNo() + " set nothing aside");
  }

  /** Lets go what was set aside. */
  List<Movement> letGo() {
    List<Movement> movements = new ArrayList<>();
    Long hold = refund.hold();
    if (hold != null) {
      movements.add(new Movement.Unfreeze(hold, borne().fen()));
    }
    Long feeHold = refund.feeHold();
    if (feeHold != null) {
      movements.add(new Movement.Unfreeze(feeHold, refund.fee().fen()));
    }
    return movements;
  }

  /** What the channel is asked that brought the money. */
  ChannelRequest request(Refund.Given channel, Instant now) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("orderNo", order.orderNo());
    facts.put("originalOrderNo", original.orderNo());
    parts.stream()
        .filter(part -> part.seq() == channel.share().part())
        .map(Part::request)
        .filter(Objects::nonNull)
        .forEach(request -> facts.put("originalRequest", Payee.reference(request)));
    return ChannelRequest.opened(
        order.merchant(),
        channel.share().way().name(),
        Act.REFUND,
        OWNER,
        order.id(),
        channel.share().amount(),
        facts,
        now,
        now);
  }

  /** What the merchant is told when the money is back. */
  List<RowWrite> succeeded(Instant now) {
    return OrderNews.succeeded(order, payer, whereabouts(), now);
  }

  /** What the merchant is told when the channel gives nothing back. */
  List<RowWrite> failed(String reason, Instant now) {
    return OrderNews.failed(order, payer, reason, whereabouts(), now);
  }

  private Map<String, Object> whereabouts() {
    return Map.of("refundWhereabouts", refund.whereabouts().code());
  }

  private Movement freeze(long hold, long account, Money amount) {
    return new Movement.Freeze(hold, account, amount.fen(), order.id(), "refund");
  }
}
