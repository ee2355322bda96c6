/**
 * The payout face (实时结算): its envelope, its spelling and its refusals. The operations are in the
 * packages below, a file each.
 */
@ApplicationModule(
    allowedDependencies = {
      "boot",
      "vault",
      "page",
      "edge",
      "merchant",
      "member",
      "order",
      "payment",
      "channel",
      "notice",
      "recon"
    })
@NullMarked
package io.tongbao.server.payout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
