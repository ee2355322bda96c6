package io.tongbao.server.payment;

import io.tongbao.server.channel.Answer;
import io.tongbao.server.channel.Applied;
import io.tongbao.server.channel.Channel;
import io.tongbao.server.channel.ChannelRequest;
import io.tongbao.server.channel.ChannelRequests;
import io.tongbao.server.channel.ChannelWorker;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The work that asks after red packets which nobody has taken yet, every hour, because a wallet
 * that tells it by itself may also forget to. What it hears goes the way that all news of channels
 * goes.
 */
@Component
final class PacketWatch implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(PacketWatch.class);
  private static final int AT_A_TIME = 32;

  private final PartRows parts;
  private final ChannelRequests requests;
  private final ObjectProvider<Channel> channels;
  private final ChannelWorker worker;

  PacketWatch(
      PartRows parts,
      ChannelRequests requests,
      ObjectProvider<Channel> channels,
      ChannelWorker worker) {
    this.parts = parts;
    this.requests = requests;
    this.channels = channels;
    this.worker = worker;
  }

  @Override
  public String name() {
    return "ask-after-packets";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    if (merchant.face() != Face.PAYOUT) {
      return 0;
    }
    int moved = 0;
    for (long id : parts.toLookAfter(merchant.id(), now, AT_A_TIME)) {
      Optional<ChannelRequest> request = requests.find(merchant.id(), id);
      moved += request.isPresent() && moves(merchant, request.get(), now) ? 1 : 0;
    }
    return moved;
  }

  private boolean moves(Merchant merchant, ChannelRequest request, Instant now) {
    return ask(merchant, request, now)
        .filter(PacketWatch::isNews)
        .map(Answer.Final.class::cast)
        .map(answer -> worker.report(merchant, request.id(), request.amount(), answer, now))
        .filter(Applied.Done.class::isInstance)
        .isPresent();
  }

  private Optional<Answer> ask(Merchant merchant, ChannelRequest request, Instant now) {
    try {
      return channels.stream()
          .filter(channel -> channel.name().equals(request.channel()))
          .findFirst()
          .flatMap(channel -> channel.query(merchant, request, now));
    } catch (RuntimeException e) {
      LOG.warn("channel {} failed on red packet {}", request.channel(), request.id(), e);
      return Optional.empty();
    }
  }

  /**
   * Whether the packet was taken or came back; a refusal cannot be any more, and is not believed.
   */
  private static boolean isNews(Answer answer) {
    return answer instanceof Answer.Returned
        || (answer instanceof Answer.Settled settled && !settled.untaken());
  }
}
