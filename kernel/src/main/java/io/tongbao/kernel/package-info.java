/** The words that every room of the house uses: money, refusals, bytes, secrets, ids, time. */
@org.jspecify.annotations.NullMarked
package io.tongbao.kernel;
