package io.tongbao.server.escrow;

import io.tongbao.server.edge.Operation;

/**
 * One interface of the escrow face, under its {@code service.method}. Specification §4.
 *
 * @param <Q> the request's {@code param}
 * @param <R> what {@code signedValue} says
 */
public interface EscrowOperation<Q extends Record, R extends Record> extends Operation<Q, R> {}
