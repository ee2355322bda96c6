package io.tongbao.server.channel.simulated;

import io.tongbao.kernel.Money;
import io.tongbao.server.channel.ChannelRequest;

/** How the simulated bank goes about a deal. A rare block of amounts chooses; see SANDBOX. */
enum Manner {
  /** Settles at once. */
  PROMPT,
  /** 668801: refuses. */
  REFUSING,
  /** 668802: takes in, and settles after the merchant's clock was moved. */
  SLOW,
  /** 668803: settles, and money that went out comes back on the next day. */
  RETURNING,
  /** 668807: nobody can tell until asked for the third time. */
  VAGUE,
  /** 668808: settles, and the answer gets lost. */
  LOSING,
  /** A red packet that nobody takes: comes back after 24 hours, unless a tester takes it. */
  PACKET,
  /** A tester said that nobody can tell, until he says otherwise. */
  SILENT;

  static Manner of(ChannelRequest request) {
    Manner manner = of(request.amount());
    boolean untaken = Wish.of(request).filter(wish -> wish == Wish.UNCLAIMED).isPresent();
    return untaken && manner == PROMPT ? PACKET : manner;
  }

  static Manner of(Money amount) {
    return switch (Math.clamp(amount.fen(), 0, Integer.MAX_VALUE)) {
      case 668_801 -> REFUSING;
      case 668_802 -> SLOW;
      case 668_803 -> RETURNING;
      case 668_807 -> VAGUE;
      case 668_808 -> LOSING;
      default -> PROMPT;
    };
  }
}
