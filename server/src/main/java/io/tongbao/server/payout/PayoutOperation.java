package io.tongbao.server.payout;

import io.tongbao.server.edge.Operation;
import java.util.Set;

/**
 * One interface of the payout face, under its method and path. Specification chapter 5 §2.
 *
 * @param <Q> what {@code data} says, decrypted
 * @param <R> what the answer's {@code data} says; a record without components leaves it out
 */
public interface PayoutOperation<Q extends Record, R extends Record> extends Operation<Q, R> {

  /**
   * Members that a request to this address may not have. The signature does not say where a request
   * goes; what marks it as meant for another address, refuses it here (THREATS T2-1).
   */
  default Set<String> forbidden() {
    return Set.of();
  }
}
