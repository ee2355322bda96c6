package io.tongbao.server.payment;

import io.tongbao.server.channel.ChannelRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What a channel is asked for a part of a payout. Nothing secret goes into it. */
final class Asked {
  /** The {@link ChannelRequest#owner()} of requests that pay payouts. */
  static final String OWNER = "payout";

  private Asked() {}

  static ChannelRequest request(Payout payout, Part part, Instant now) {
    return new ChannelRequest(
        part.request(),
        payout.merchant(),
        payout.channel().name(),
        ChannelRequest.Act.PAY_OUT,
        OWNER,
        payout.id(),
        part.amount(),
        facts(payout, part),
        ChannelRequest.State.WAITING,
        0,
        now,
        null,
        null,
        now,
        null,
        Map.of());
  }

  private static Map<String, String> facts(Payout payout, Part part) {
    Map<String, String> facts = new HashMap<>();
    facts.put("ref", payout.ref());
    facts.put("side", part.side().name());
    facts.put("account", payout.marks().account());
    facts.put("name", payout.marks().name());
    String tail = payout.marks().tail();
    if (tail != null) {
      facts.put("tail", tail);
    }
    String remark = payout.words().payRemark();
    if (remark != null) {
      facts.put("remark", remark);
    }
    return facts;
  }
}
