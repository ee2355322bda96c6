/**
 * The interfaces by which dealers tell of payouts that they made elsewhere, specification §2.5: one
 * file each. Nothing is ever paid by them (THREATS T2-1, T2-8).
 */
@NullMarked
package io.tongbao.server.payout.report;

import org.jspecify.annotations.NullMarked;
