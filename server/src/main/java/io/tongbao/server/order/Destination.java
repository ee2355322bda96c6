package io.tongbao.server.order;

import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.util.List;
import java.util.Map;

/**
 * Where the money of one kind of inbound order goes. The checkout debits what pays (accounts of
 * ours, a channel) and asks here for the rest of the same change.
 */
public interface Destination {

  /** The kind of order whose money goes there. */
  Kind kind();

  /** What is posted and written when all parts of the order have paid. */
  Arrival arrival(Merchant merchant, Order order);

  /** What is written with the order's move to an end without money: it expired or failed. */
  default List<RowWrite> abandonment(Merchant merchant, Order order) {
    return List.of();
  }

  /**
   * An order's money as it arrives.
   *
   * @param legs sum to the order's amount; they follow the legs that debit the parts, and no
   *     account gives in them what it has not received before
   * @param writes rows of the kind that change with it
   * @param facts what the order's notice says besides what all say, by wire name
   */
  record Arrival(List<Leg> legs, List<RowWrite> writes, Map<String, Object> facts) {
    public Arrival {
      legs = List.copyOf(legs);
      writes = List.copyOf(writes);
      facts = Map.copyOf(facts);
    }
  }
}
