/**
 * The escrow face (云账户): its envelope, its spelling and its refusals. The operations are in the
 * packages below, a file each.
 */
@ApplicationModule(
    allowedDependencies = {
      "boot",
      "page",
      "vault",
      "edge",
      "merchant",
      "member",
      "order",
      "channel",
      "notice",
      "recon"
    })
@NullMarked
package io.tongbao.server.escrow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
