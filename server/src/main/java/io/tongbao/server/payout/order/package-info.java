/**
 * The interfaces of the payout face that pay and ask after it, specification §2.1: one file each.
 */
@NullMarked
package io.tongbao.server.payout.order;

import org.jspecify.annotations.NullMarked;
