package io.tongbao.server.order;

import io.tongbao.kernel.Ids;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequest.Act;
import io.tongbao.server.channel.ChannelRequests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An inbound order together with its parts: how its money is set aside, taken and let go.
 *
 * @param order as it was read
 */
record Payment(Order order, List<Part> parts) {

  Payment {
    parts = List.copyOf(parts);
  }

  /** The part that a channel pays; an order has one at most. */
  Optional<Part> outer() {
    return parts.stream().filter(part -> !part.isInner()).findFirst();
  }

  List<Part> inner() {
    return parts.stream().filter(Part::isInner).toList();
  }

  /** What makes the order's posting happen once. */
  Change.Key key() {
    String kind = order.kind().name().toLowerCase(Locale.ROOT);
    return new Change.Key(order.merchant(), kind, order.orderNo(), order.id(), order.fingerprint());
  }

  /** Sets the inner parts aside while a channel decides about the outer one. */
  void hold(Change.Builder change) {
    for (Part part : inner()) {
      long hold = Ids.next();
      change.move(
          new Movement.Freeze(hold, part.account(), part.amount().fen(), order.id(), "payment"));
      change.write(Parts.held(order, part, hold));
    }
  }

  /**
   * Takes the parts' money and hands it out with {@code distribution}, all in one posting. Where
   * money was set aside, the first hold is captured with the legs and the others, which are the
   * application's own, are released before.
   */
  List<Movement> take(List<Leg> distribution) {
    List<Leg> legs = new ArrayList<>();
    parts.forEach(part -> legs.add(new Leg(part.account(), -part.amount().fen(), remark())));
    legs.addAll(distribution);
    List<Movement> movements = new ArrayList<>();
    List<Part> held = parts.stream().filter(part -> part.hold() != null).toList();
    for (Part part : held.isEmpty() ? held : held.subList(1, held.size())) {
      movements.add(release(part));
    }
    movements.add(held.isEmpty() ? new Movement.Post(legs) : capture(held.getFirst(), legs));
    return movements;
  }

  /** Gives back what was set aside. */
  List<Movement> letGo() {
    return parts.stream().filter(part -> part.hold() != null).map(Payment::release).toList();
  }

  /** Stops waiting for the channel, where it was asked. */
  List<RowWrite> withdrawRequest(String reason, Instant now) {
    return outer()
        .map(Part::request)
        .map(id -> ChannelRequests.cancelling(order.merchant(), id, reason, now))
        .stream()
        .toList();
  }

  /**
   * What the channel of the outer part is asked.
   *
   * @param facts what it must know of the order; when this closes is added where the payer has time
   * @param dueAt when it is asked by whoever comes by; earlier only by who opened it
   */
  ChannelRequest request(Part outer, Map<String, String> facts, Instant now, Instant dueAt) {
    Map<String, String> all = new TreeMap<>(facts);
    if (outer.way().isPaidElsewhere()) {
      all.put(ChannelRequest.PAY_UNTIL, order.expiresAt().toString());
    }
    return ChannelRequest.opened(
        order.merchant(),
        outer.way().name(),
        Act.COLLECT,
        Checkout.OWNER,
        order.id(),
        outer.amount(),
        all,
        now,
        dueAt);
  }

  /** The writes that ask a channel for the outer part. */
  List<RowWrite> ask(Part outer, ChannelRequest request) {
    return List.of(ChannelRequests.opening(request), Parts.asked(order, outer, request.id()));
  }

  private String remark() {
    return switch (order.kind()) {
      case DEPOSIT -> "充值";
      case PURCHASE -> "消费";
      case COLLECTION -> "托管代收";
      case WITHDRAWAL, DISBURSEMENT, BATCH_DISBURSEMENT, REFUND ->
          throw new IllegalStateException(order.kind() + " is not inbound");
    };
  }

  private static Movement release(Part part) {
    return new Movement.Unfreeze(hold(part), part.amount().fen());
  }

  private static Movement capture(Part part, List<Leg> legs) {
    return new Movement.Capture(hold(part), part.amount().fen(), legs);
  }

  private static long hold(Part part) {
    Long hold = part.hold();
    if (hold == null) {
      throw new IllegalStateException("nothing is held for part " + part.seq());
    }
    return hold;
  }
}
