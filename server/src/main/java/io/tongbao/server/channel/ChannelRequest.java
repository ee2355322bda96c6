package io.tongbao.server.channel;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing asked of a channel for one order.
 *
 * @param id the row id, and the number under which the channel knows it: asking twice is asking
 *     once
 * @param merchant the merchant's row id
 * @param channel the {@link Channel#name()}
 * @param owner which {@link Settlement} hears the answer, such as {@code "deposit"}
 * @param order the order's row id
 * @param facts what the channel must know beside the amount, by name. Never a clear card number,
 *     identity number or phone: a card's row id and its masked number
 * @param attempts how often the channel was asked or queried
 * @param nextAt when it is asked or queried next, on the merchant's clock
 * @param answeredAt when it was closed, on the merchant's clock
 * @param spoken what the channel must know and no row may hold, such as the code that a payer
 *     showed: told with the first question only, and empty ever after
 */
public record ChannelRequest(
    long id,
    int merchant,
    String channel,
    Act act,
    String owner,
    long order,
    Money amount,
    Map<String, String> facts,
    State state,
    int attempts,
    Instant nextAt,
    @Nullable String channelNo,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant answeredAt,
    Map<String, Secret> spoken) {

  /**
   * The fact that says until when a payer may pay at a page, at a terminal or in his wallet, on the
   * merchant's clock.
   */
  public static final String PAY_UNTIL = "payUntil";

  public ChannelRequest {
    facts = Map.copyOf(facts);
    spoken = Map.copyOf(spoken);
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("a channel is asked for a positive amount");
    }
  }

  /** A new request, to be asked from {@code dueAt} on (merchant's clock; usually now). */
  public static ChannelRequest opened(
      int merchant,
      String channel,
      Act act,
      String owner,
      long order,
      Money amount,
      Map<String, String> facts,
      Instant now,
      Instant dueAt) {
    return new ChannelRequest(
        Ids.next(),
        merchant,
        channel,
        act,
        owner,
        order,
        amount,
        facts,
        State.WAITING,
        0,
        dueAt,
        null,
        null,
        now,
        null,
        Map.of());
  }

  /** The same with what is only said. */
  ChannelRequest saying(Map<String, Secret> words) {
    return new ChannelRequest(
        id,
        merchant,
        channel,
        act,
        owner,
        order,
        amount,
        facts,
        state,
        attempts,
        nextAt,
        channelNo,
        reason,
        createdAt,
        answeredAt,
        words);
  }

  /** A fact that this kind of request always has. */
  public String fact(String name) {
    String fact = facts.get(name);
    if (fact == null) {
      throw new IllegalStateException("channel request " + id + " has no fact " + name);
    }
    return fact;
  }

  /** The time until which the payer may pay; null where there is none. */
  public @Nullable Instant payUntil() {
    String until = facts.get(PAY_UNTIL);
    return until == null ? null : Instant.parse(until);
  }

  /** What the channel is asked to do. */
  public enum Act {
    /** Take money from a payer. */
    COLLECT,
    /** Send money to a card or wallet. */
    PAY_OUT,
    /** Send collected money back by the way it came. */
    REFUND
  }

  /** Where the request is in its life. */
  public enum State {
    /** Written, not asked. */
    WAITING,
    /** Asked, or about to be: from here on only queries find out. */
    ASKED,
    SETTLED,
    DECLINED,
    /** Settled, and come back. */
    RETURNED,
    /** Withdrawn before it was asked, or (money in) no longer waited for. */
    CANCELLED;

    /** Whether the answer is still to come. */
    public boolean open() {
      return this == WAITING || this == ASKED;
    }
  }
}
