package io.tongbao.server.order;

import org.jspecify.annotations.Nullable;

/**
 * What an order to pay out a member's money has besides. Row of table {@code withdrawal}.
 *
 * @param hold the ledger hold on the member's account while the channel pays
 * @param request the channel request, once there is one
 */
public record Withdrawal(Payee payee, Speed speed, @Nullable Long hold, @Nullable Long request) {

  long requireHold() {
    if (hold == null) {
      throw new IllegalStateException("nothing is held for a withdrawal in progress");
    }
    return hold;
  }
}
