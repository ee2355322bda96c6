package io.tongbao.server.order;

import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Member;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What refunds of all sorts write: into the original, its parts, its collection, its bid. */
@Component
final class Restitutions {
  /** In conflict: somebody else has moved the original meanwhile. */
  static final Set<String> MOVING =
      Set.of(Orders.STATE, Orders.ROOM, Parts.PART, CollectionRows.REMAINDER);

  private final Orders orders;
  private final CollectionRows collections;
  private final PlatformAccounts platform;

  Restitutions(Orders orders, CollectionRows collections, PlatformAccounts platform) {
    this.orders = orders;
    this.collections = collections;
    this.platform = platform;
  }

  /** One refund with all that its postings need. */
  Restitution of(
      Merchant merchant,
      Order original,
      List<Part> parts,
      Order order,
      Refund refund,
      Member payer) {
    return new Restitution(
        original,
        parts,
        order,
        refund,
        platform.of(merchant, PlatformAccounts.OWN),
        platform.of(merchant, PlatformAccounts.BACKWARD),
        payer.bizUserId());
  }

  /** The rows of the refund, and what is set aside of the original before anything is given. */
  List<RowWrite> opening(Restitution restitution) {
    Order original = restitution.original();
    Order order = restitution.order();
    List<RowWrite> writes = new ArrayList<>(orders.open(order));
    writes.addAll(RefundRows.open(order, restitution.refund()));
    writes.add(orders.reserve(original, order.amount(), restitution.refund().fee()));
    writes.addAll(parts(restitution, false));
    if (drawsOnCollection(restitution)) {
      long borne = restitution.borne().fen();
      writes.add(CollectionRows.taken(original.merchant(), original.id(), borne));
    }
    return writes;
  }

  /** What is let go of the original when nothing is given after all. */
  List<RowWrite> release(Restitution restitution) {
    Order original = restitution.original();
    List<RowWrite> writes = new ArrayList<>();
    writes.add(orders.release(original, restitution.order().amount(), restitution.refund().fee()));
    writes.addAll(parts(restitution, true));
    if (drawsOnCollection(restitution)) {
      long borne = restitution.borne().fen();
      writes.add(CollectionRows.restored(original.merchant(), original.id(), borne));
    }
    return writes;
  }

  /** What is written when the money is given: the original's state, its bid, the notice. */
  List<RowWrite> given(Restitution restitution, Instant now) {
    Order original = restitution.original();
    List<RowWrite> writes = new ArrayList<>(orders.move(original, new Event.GivenBack(), now));
    if (original.kind() == Kind.COLLECTION) {
      CollectionRows.Purpose purpose = collections.purpose(original);
      if (purpose.invests()) {
        String bid = purpose.ware().number();
        writes.add(Bids.letGo(original.merchant(), bid, restitution.order().amount()));
      }
    }
    writes.addAll(restitution.succeeded(now));
    return writes;
  }

  private static boolean drawsOnCollection(Restitution restitution) {
    return restitution.original().kind() == Kind.COLLECTION && restitution.borne().isPositive();
  }

  private static List<RowWrite> parts(Restitution restitution, boolean undo) {
    List<RowWrite> writes = new ArrayList<>();
    for (Part part : restitution.parts()) {
      restitution.refund().shares().stream()
          .map(Refund.Given::share)
          .filter(share -> share.part() == part.seq())
          .map(share -> undo ? share.amount().negated() : share.amount())
          .forEach(fen -> writes.add(Parts.givenBack(restitution.original(), part, fen)));
    }
    return writes;
  }
}
