/**
 * Only in profile sandbox: credentials, the text message inbox, the clock, the testers' answers for
 * the simulated channels, the notice catcher, the audit, the reset. Each call is documented in
 * {@code docs/sandbox-api.yaml}. Nothing here exists in production.
 */
@org.jspecify.annotations.NullMarked
@ApplicationModule(
    displayName = "Sandbox",
    allowedDependencies = {
      "boot",
      "page",
      "vault",
      "merchant",
      "edge",
      "member",
      "order",
      "payment",
      "channel",
      "channel::simulated",
      "notice",
      "recon",
      "escrow",
      "payout"
    })
package io.tongbao.server.sandbox;

import org.springframework.modulith.ApplicationModule;
