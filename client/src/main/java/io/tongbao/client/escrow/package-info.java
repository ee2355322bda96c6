/**
 * The escrow interface for Java programs: typed calls, signed and verified. Start with {@link
 * io.tongbao.client.escrow.EscrowClient}.
 */
@org.jspecify.annotations.NullMarked
package io.tongbao.client.escrow;
