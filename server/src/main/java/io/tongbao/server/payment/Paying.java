package io.tongbao.server.payment;

import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The work that sends accepted payouts on, many in one commit of the ledger. A payout is due from
 * its acceptance until it has moved, whichever server took it in and whatever became of that: the
 * row is all that is needed.
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
    List<Future<Boolean>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Payout payout : due) {
        running.add(threads.submit(() -> dispatch.send(round, payout)));
      }
    }
    return (int) running.stream().filter(Paying::moved).count();
  }

  private static boolean moved(Future<Boolean> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      // It stays due, and the others go on.
      LOG.error("a payout could not be sent", e.getCause());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
