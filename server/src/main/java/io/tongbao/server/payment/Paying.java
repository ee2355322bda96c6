package io.tongbao.server.payment;

import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The work that sends accepted payouts on, many in one commit of the ledger, but those to one
 * WeChat account one after the other: only one of them may be paid now, and that is the oldest. A
 * payout is due from its acceptance until it has moved, whichever server took it in and whatever
 * became of that: the row is all that is needed.
 */
@Component
final class Paying implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(Paying.class);
  private static final int AT_A_TIME = 64;

  private final PayoutRows rows;
  private final Dispatch dispatch;

  Paying(PayoutRows rows, Dispatch dispatch) {
    this.rows = rows;
    this.dispatch = dispatch;
  }

  @Override
  public String name() {
    return "pay-orders";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    if (merchant.face() != Face.PAYOUT) {
      return 0;
    }
    List<Payout> due = rows.due(merchant.id(), now, AT_A_TIME);
    if (due.isEmpty()) {
      return 0;
    }
    Dispatch.Round round = dispatch.round(merchant, now);
    List<Future<Integer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<Payout> oldestFirst : lines(due)) {
        running.add(threads.submit(() -> send(round, oldestFirst)));
      }
    }
    return running.stream().mapToInt(Future::resultNow).sum();
  }

  private static Collection<List<Payout>> lines(List<Payout> due) {
    return due.stream()
        .collect(Collectors.groupingBy(Paying::line, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** What a payout waits behind others for: a WeChat account has 15 seconds between two. */
  private static Object line(Payout payout) {
    return payout.channel() == PayoutChannel.WXPAY ? payout.marks().payeeIndex() : payout.id();
  }

  /** How many of them moved. One that cannot be sent stays due, and the others go on. */
  private int send(Dispatch.Round round, List<Payout> payouts) {
    int moved = 0;
    for (Payout payout : payouts) {
      try {
        moved += dispatch.send(round, payout) ? 1 : 0;
      } catch (RuntimeException e) {
        LOG.error("a payout could not be sent", e);
      }
    }
    return moved;
  }
}
