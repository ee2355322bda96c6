package io.tongbao.server.edge;

import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Forgets messages that are too old to be taken again. Housekeeping: it is never news. */
@Component
final class ReplayPurge implements Job {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final ReplayRows rows;
  private final Map<Face, Duration> remembers = new EnumMap<>(Face.class);
  private final Map<Integer, Instant> done = new ConcurrentHashMap<>();

  ReplayPurge(ReplayRows rows, List<Protocol> protocols) {
    this.rows = rows;
    protocols.forEach(protocol -> remembers.put(protocol.face(), protocol.remembers()));
  }

  @Override
  public String name() {
    return "forget-messages";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    Duration kept = remembers.get(merchant.face());
    Instant last = done.get(merchant.id());
    if (kept == null || (last != null && now.isBefore(last.plus(PAUSE)))) {
      return 0;
    }
    done.put(merchant.id(), now);
    rows.forget(merchant.id(), now, kept);
    return 0;
  }
}
