package io.tongbao.client.payout;

/**
 * One interface of the payout face with what its {@code data} says. Every record of {@link
 * OrderCalls}, {@link DataCalls}, {@link VerificationCalls} and {@link ReportCalls} is one; its
 * components carry the wire's names. Null components are not sent.
 *
 * @param <R> the answer's type
 */
public interface PayoutCall<R> {

  /** How an interface is asked. */
  enum Verb {
    GET,
    POST
  }

  Verb verb();

  /** Such as {@code "/api/payment/v1/order-realtime"}. */
  String path();

  Class<R> answer();

  /** Whether {@code data} begins with the dealer's {@code dealer_id}, which the client adds. */
  default boolean namesDealer() {
    return false;
  }

  /** An answer that says no more than that it was done. */
  record Done() {}
}
