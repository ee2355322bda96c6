package io.tongbao.server.order;

import io.tongbao.ledger.Movement.Leg;
import io.tongbao.server.merchant.Merchant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Deposits: what comes in goes to the member, who pays the fee out of it. Specification escrow
 * §4.2.2.
 */
@Component
public final class Deposits implements Destination {
  private final PlatformAccounts accounts;

  Deposits(PlatformAccounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Kind kind() {
    return Kind.DEPOSIT;
  }

  @Override
  public Arrival arrival(Merchant merchant, Order order) {
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(order.account(), order.amount().fen(), "充值"));
    if (order.fee().isPositive()) {
      legs.add(new Leg(order.account(), -order.fee().fen(), "充值手续费"));
      legs.add(new Leg(accounts.of(merchant, PlatformAccounts.OWN), order.fee().fen(), "充值手续费"));
    }
    return new Arrival(legs, List.of(), Map.of());
  }
}
