package io.tongbao.client.escrow;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * One method of the escrow interface with its parameters: a record whose components carry the
 * wire's names, annotated with what it {@link Calls}. {@link MemberCalls}, {@link CompanyCalls},
 * {@link CardCalls}, {@link PasswordCalls}, {@link OrderCalls}, {@link PlatformCalls} and {@link
 * MoneyCalls} hold them all. Null components are not sent.
 *
 * @param <R> the answer's type
 */
public interface EscrowCall<R> {

  /** Service and method, such as {@code "OrderService.depositApply"}. */
  default String method() {
    Calls calls = getClass().getAnnotation(Calls.class);
    if (calls == null) {
      throw new IllegalStateException(getClass() + " does not say what it calls");
    }
    return calls.value();
  }

  /** The answer's type, which the record names once, as this interface's parameter. */
  @SuppressWarnings("unchecked")
  default Class<R> answer() {
    for (Type type : getClass().getGenericInterfaces()) {
      if (type instanceof ParameterizedType call && call.getRawType() == EscrowCall.class) {
        return (Class<R>) call.getActualTypeArguments()[0];
      }
    }
    throw new IllegalStateException(getClass() + " does not say what answers it");
  }
}
