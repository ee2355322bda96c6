/**
 * The escrow face (云账户): its envelope, its spelling and its refusals. The operations are in the
 * packages below, a file each.
 */
@NullMarked
package io.tongbao.server.escrow;

import org.jspecify.annotations.NullMarked;
