/**
 * What we ask of banks and wallets: the {@link io.tongbao.server.channel.Channel} port, the rows
 * that wait to be asked, and the worker that asks outside any transaction. An order opens a request
 * in its own commit ({@link io.tongbao.server.channel.ChannelRequests#opening}); the answer comes
 * back to it through its {@link io.tongbao.server.channel.Settlement}, which closes the request in
 * the commit that moves the order. Nobody ever guesses an outcome.
 */
@ApplicationModule(
    displayName = "Channels",
    allowedDependencies = {"merchant", "page"})
@NullMarked
package io.tongbao.server.channel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
