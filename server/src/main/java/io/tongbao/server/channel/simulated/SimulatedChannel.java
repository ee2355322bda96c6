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
 * @param voucher what he pays with there
 */
record SimulatedChannel(String name, boolean payerDecides, SimulatedBank bank, Voucher voucher)
    implements Channel {

  /** One where the payer needs nothing. */
  SimulatedChannel(String name, boolean payerDecides, SimulatedBank bank) {
    this(name, payerDecides, bank, (_, _, _) -> null);
  }

  @Override
  public Answer ask(Merchant merchant, ChannelRequest request, Instant now) {
    Deal deal = bank.ask(merchant, request, payerDecides, now);
    return deal.answer() instanceof Answer.Accepted accepted
        ? new Answer.Accepted(accepted.channelNo(), voucher.of(merchant, deal, now))
        : deal.answer();
  }

  @Override
  public Optional<Answer> query(Merchant merchant, ChannelRequest request, Instant now) {
    return bank.query(merchant, request);
  }
}
