package io.tongbao.client.escrow;

/**
 * One method of the escrow interface with its parameters. Every record of {@link MemberCalls},
 * {@link CardCalls}, {@link OrderCalls} and {@link MoneyCalls} is one; its components carry the
 * wire's names. Null components are not sent.
 *
 * @param <R> the answer's type
 */
public interface EscrowCall<R> {

  /** Service and method, such as {@code "OrderService.depositApply"}. */
  String method();

  Class<R> answer();
}
