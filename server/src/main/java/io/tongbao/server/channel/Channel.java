package io.tongbao.server.channel;

import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.Optional;

/**
 * The port to a bank or wallet. Both calls may block, at most ten seconds; both may throw, which
 * counts as {@link Answer.Unknown}. Called outside any transaction.
 */
public interface Channel {

  /** The name that requests carry, such as {@code "GATEWAY"}. */
  String name();

  /**
   * Asks. The channel does it at most once per {@link ChannelRequest#id()}: asked again under the
   * same id, it says what became of the first.
   *
   * @param now the merchant's clock
   */
  Answer ask(Merchant merchant, ChannelRequest request, Instant now);

  /**
   * What became of a request that was asked; empty where the channel is sure that it never took it
   * in. Anything short of sure is {@link Answer.Unknown}.
   *
   * @param now the merchant's clock
   */
  Optional<Answer> query(Merchant merchant, ChannelRequest request, Instant now);
}
