/**
 * The sandbox's banks and wallets, only in profile sandbox: what they answer depends on the amount,
 * on the payer at the bank's page, or on the tester.
 */
@NamedInterface("simulated")
@NullMarked
package io.tongbao.server.channel.simulated;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
