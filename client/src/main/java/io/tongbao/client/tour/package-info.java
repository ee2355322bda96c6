/**
 * Tours: programs on the client that lead through a face of a running sandbox, step by step, and
 * fail where anything differs from the specification.
 */
@org.jspecify.annotations.NullMarked
package io.tongbao.client.tour;
