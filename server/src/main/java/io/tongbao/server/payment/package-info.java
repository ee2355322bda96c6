/**
 * Payouts of dealers, from their acceptance to their end: prefunded money per broker and channel
 * goes to bank cards, Alipay and WeChat. {@link io.tongbao.server.payment.PayoutLife} says all that
 * can happen to one. Why this is no part of the escrow face's orders: docs/decisions.
 */
@ApplicationModule(allowedDependencies = {"merchant", "channel", "vault"})
@NullMarked
package io.tongbao.server.payment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
