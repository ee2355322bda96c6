/**
 * Orders of the escrow face, from their opening to their end: what they are paid with, who confirms
 * them, where the money goes. {@link io.tongbao.server.order.Life} says all that can happen to one.
 */
@ApplicationModule(allowedDependencies = {"merchant", "member", "channel", "vault"})
@NullMarked
package io.tongbao.server.order;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
