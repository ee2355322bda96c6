package io.tongbao.server.edge;

/**
 * One thing that a caller can ask for: its request, its answer, its checks and its work.
 *
 * @param <Q> the request: a record whose components carry {@code @JsonProperty} with the wire's
 *     name; a component that is not {@code @Nullable} is mandatory
 * @param <R> the answer: a record, written in the order of its components; null components are left
 *     out
 */
public interface Operation<Q extends Record, R extends Record> {

  /** Does it, or throws {@link io.tongbao.kernel.Refusal}. */
  R handle(Caller caller, Q request);
}
