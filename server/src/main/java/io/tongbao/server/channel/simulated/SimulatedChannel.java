package io.tongbao.server.channel.simulated;

import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Channel;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.Optional;

/**
 * One of the names under which the {@link SimulatedBank} is a channel.
 *
 * @param payerDecides whether money comes in only when the payer says so at a page, at a terminal
 *     or in his wallet
 */
record SimulatedChannel(String name, boolean payerDecides, SimulatedBank bank) implements Channel {

  @Override
  public Answer ask(Merchant merchant, ChannelRequest request, Instant now) {
    return bank.ask(merchant, request, payerDecides, now);
  }

  @Override
  public Optional<Answer> query(Merchant merchant, ChannelRequest request, Instant now) {
    return bank.query(merchant, request);
  }
}
