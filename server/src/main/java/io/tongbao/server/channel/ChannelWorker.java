package io.tongbao.server.channel;

import io.micrometer.core.instrument.MeterRegistry;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.channel.ChannelRequests.Claimed;
import io.tongbao.server.channel.Discrepancies.Kind;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The one who asks. Claims a request by lease in one short statement that also marks it asked, asks
 * outside any transaction, and gives the answer to the order's {@link Settlement}. A request that
 * was marked asked is from then on only queried, also after a crash; only where the channel is sure
 * that it never took it in is it asked again, under the same id. Whoever does not answer is queried
 * after 1 s, 2 s, 5 s and so on to once an hour, until the outcome is known; and once more before
 * nobody may pay any longer.
 */
@Component
public final class ChannelWorker implements Job, DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(ChannelWorker.class);
  private static final List<Duration> QUERIES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1));

  /** How long before its order closes a request is queried once more: time for an answer. */
  private static final Duration LAST_CALL = Duration.ofSeconds(15);

  private static final int IN_FLIGHT = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration SHUTDOWN = Duration.ofSeconds(12);

  private final ChannelRequests requests;
  private final Discrepancies discrepancies;
  private final ObjectProvider<Channel> channels;
  private final ObjectProvider<Settlement> settlements;
  private final MeterRegistry meters;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Semaphore> inFlight = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  ChannelWorker(
      ChannelRequests requests,
      Discrepancies discrepancies,
      ObjectProvider<Channel> channels,
      ObjectProvider<Settlement> settlements,
      MeterRegistry meters) {
    this.requests = requests;
    this.discrepancies = discrepancies;
    this.channels = channels;
    this.settlements = settlements;
    this.meters = meters;
  }

  @Override
  public String name() {
    return "ask-channels";
  }

  /** Asks and queries what is due, at most 32 at a time per channel; waits for them 1 s at most. */
  @Override
  public int run(Merchant merchant, Instant now) {
    List<Future<Answer>> running = new ArrayList<>();
    for (String channel : requests.dueChannels(merchant.id(), now)) {
      running.addAll(start(merchant, channel, now));
    }
    long deadline = System.nanoTime() + ROUND.toNanos();
    for (Future<Answer> answer : running) {
      await(answer, deadline);
    }
    return running.size();
  }

  /** Whether there is a channel of that name: what nobody carries is not to be opened. */
  public boolean carries(String channel) {
    return channels.stream().anyMatch(each -> each.name().equals(channel));
  }

  /**
   * Asks at once, from the thread of the request that has just committed the order, so that the
   * specification's synchronous payStatus can be told. Waits at most 3 s; what is not known by then
   * goes on by itself and is {@link Answer.Unknown} here.
   *
   * @param now the merchant's clock
   */
  public Answer askNow(Merchant merchant, long id, Instant now) {
    return askNow(merchant, id, Map.of(), now);
  }

  /**
   * The same, where the channel must be told something that no row holds. Nobody else should ask
   * first: such a request is opened to be due a little later.
   *
   * @param spoken as in {@link ChannelRequest#spoken()}
   */
  public Answer askNow(Merchant merchant, long id, Map<String, Secret> spoken, Instant now) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<Claimed> claimed =
        stopping ? Optional.empty() : requests.claimFirst(merchant.id(), id);
    if (claimed.isEmpty()) {
      return watch(merchant, id, deadline);
    }
    Claimed mine = claimed.get().saying(spoken);
    Answer answer = await(threads.submit(() -> drive(merchant, mine, now, null)), deadline);
    return answer == null ? new Answer.Unknown("no answer within 3 s") : answer;
  }

  /**
   * Takes in what a channel tells by itself: a callback, a line of a return file. Nothing moves
   * unless the request is this merchant's and the amount is exact; the same report a hundred times
   * moves once.
   *
   * @param now the merchant's clock
   */
  public Applied report(
      Merchant merchant, long id, Money amount, Answer.Final answer, Instant now) {
    Optional<ChannelRequest> found = requests.find(merchant.id(), id);
    if (found.isEmpty()) {
      return contradict(merchant.id(), id, Kind.UNKNOWN_REQUEST, "no such request", answer, now);
    }
    ChannelRequest request = found.get();
    if (!request.amount().equals(amount)) {
      String detail = "asked " + request.amount() + ", reported " + amount;
      return contradict(merchant.id(), id, Kind.WRONG_AMOUNT, detail, answer, now);
    }
    return settle(request, answer, now);
  }

  @Override
  public void destroy() throws InterruptedException {
    stopping = true;
    threads.shutdown();
    if (!threads.awaitTermination(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("channels did not answer within {}; their requests will be queried", SHUTDOWN);
    }
  }

  private List<Future<Answer>> start(Merchant merchant, String channel, Instant now) {
    Semaphore room = inFlight.computeIfAbsent(channel, _ -> new Semaphore(IN_FLIGHT));
    int wanted = stopping ? 0 : room.drainPermits();
    if (wanted == 0) {
      return List.of();
    }
    List<Claimed> claimed;
    try {
      claimed = requests.claimDue(merchant.id(), channel, now, wanted);
    } catch (RuntimeException e) {
      room.release(wanted);
      throw e;
    }
    room.release(wanted - claimed.size());
    List<Future<Answer>> running = new ArrayList<>();
    for (Claimed one : claimed) {
      running.add(threads.submit(() -> drive(merchant, one, now, room)));
    }
    return running;
  }

  private Answer drive(Merchant merchant, Claimed claimed, Instant now, @Nullable Semaphore room) {
    try {
      long start = System.nanoTime();
      Answer answer = converse(merchant, claimed, now);
      measure(claimed, answer, start);
      return conclude(claimed, answer, now.plusNanos(System.nanoTime() - start));
    } catch (RuntimeException e) {
      // The lease ends by itself, and the request is queried then.
      log.error("request {} to {}", claimed.request().id(), claimed.request().channel(), e);
      return new Answer.Unknown("internal");
    } finally {
      if (room != null) {
        room.release();
      }
    }
  }

  private Answer converse(Merchant merchant, Claimed claimed, Instant now) {
    ChannelRequest request = claimed.request();
    Optional<Channel> channel =
        channels.stream().filter(each -> each.name().equals(request.channel())).findFirst();
    if (channel.isEmpty()) {
      return new Answer.Unknown("no such channel");
    }
    try {
      if (claimed.first()) {
        return channel.get().ask(merchant, request, now);
      }
      Optional<Answer> answer = channel.get().query(merchant, request, now);
      return answer.isPresent() ? answer.get() : channel.get().ask(merchant, request, now);
    } catch (RuntimeException e) {
      log.warn("channel {} failed on request {}", request.channel(), request.id(), e);
      return new Answer.Unknown(e.getClass().getSimpleName());
    }
  }

  private Answer conclude(Claimed claimed, Answer answer, Instant now) {
    return switch (answer) {
      case Answer.Final known -> settle(claimed, known, now);
      case Answer.Accepted _, Answer.Unknown _ -> {
        requests.await(claimed, answer, next(claimed, now));
        yield answer;
      }
    };
  }

  private Answer settle(Claimed claimed, Answer.Final answer, Instant now) {
    Applied applied = settle(claimed.request(), answer, now);
    return switch (applied) {
      case Applied.Done _ -> answer;
      case Applied.Repeated _ -> {
        // Moves only a request that is open all the same: then the order was in between.
        postpone(claimed, "order moved meanwhile", now);
        yield answer;
      }
      case Applied.Contradicted contradicted -> postpone(claimed, contradicted.why(), now);
      case Applied.Later later -> postpone(claimed, later.why(), now);
    };
  }

  private Answer postpone(Claimed claimed, String why, Instant now) {
    Answer unknown = new Answer.Unknown(why);
    requests.await(claimed, unknown, next(claimed, now));
    return unknown;
  }

  /** Gives the answer to the order; a return that is the first thing heard is settled before. */
  private Applied settle(ChannelRequest request, Answer.Final answer, Instant now) {
    Settlement settlement =
        settlements.stream()
            .filter(each -> each.handles(request.owner()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nobody handles " + request.owner()));
    if (answer instanceof Answer.Returned returned && request.state().open()) {
      settlement.apply(request, new Answer.Settled(returned.channelNo()), now);
    }
    if (!fits(request, answer)) {
      String detail = "is " + request.state() + ", channel says " + word(answer);
      return contradict(request.merchant(), request.id(), Kind.CONTRADICTION, detail, answer, now);
    }
    Applied applied = settlement.apply(request, answer, now);
    if (applied instanceof Applied.Contradicted no) {
      return contradict(
          request.merchant(), request.id(), Kind.CONTRADICTION, no.why(), answer, now);
    }
    return applied;
  }

  /** Whether the answer may follow what is known; equal answers are left to the guarded write. */
  private static boolean fits(ChannelRequest request, Answer.Final answer) {
    return switch (request.state()) {
      case WAITING, ASKED -> true;
      case SETTLED -> !(answer instanceof Answer.Declined);
      case DECLINED -> answer instanceof Answer.Declined;
      case RETURNED -> !(answer instanceof Answer.Declined);
      case CANCELLED -> answer instanceof Answer.Declined;
    };
  }

  private Applied contradict(
      int merchant, long id, Kind kind, String detail, Answer.Final answer, Instant now) {
    String channelNo =
        switch (answer) {
          case Answer.Settled settled -> settled.channelNo();
          case Answer.Returned returned -> returned.channelNo();
          case Answer.Declined _ -> "";
        };
    discrepancies.add(merchant, id, kind, detail, channelNo, now);
    return new Applied.Contradicted(detail);
  }

  private Answer watch(Merchant merchant, long id, long deadline) {
    while (System.nanoTime() < deadline) {
      Optional<ChannelRequest> request = requests.find(merchant.id(), id);
      if (request.isEmpty() || !request.get().state().open()) {
        return request.map(ChannelWorker::known).orElse(new Answer.Unknown("no such request"));
      }
      try {
        Thread.sleep(GLANCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return new Answer.Unknown("no answer within 3 s");
  }

  private static Answer known(ChannelRequest request) {
    String channelNo = Optional.ofNullable(request.channelNo()).orElse("");
    String reason = Optional.ofNullable(request.reason()).orElse("");
    return switch (request.state()) {
      case WAITING, ASKED -> new Answer.Unknown(reason);
      case SETTLED -> new Answer.Settled(channelNo);
      case DECLINED, CANCELLED -> new Answer.Declined("", reason);
      case RETURNED -> new Answer.Returned(channelNo, reason);
    };
  }

  /** After the next step, but once more shortly before the payer's time is over. */
  private static Instant next(Claimed claimed, Instant now) {
    int step = Math.min(claimed.request().attempts(), QUERIES.size()) - 1;
    Instant next = now.plus(QUERIES.get(step));
    Instant until = claimed.request().payUntil();
    Instant last = until == null ? next : until.minus(LAST_CALL);
    return now.isBefore(last) && next.isAfter(last) ? last : next;
  }

  private static @Nullable Answer await(Future<Answer> answer, long deadline) {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void measure(Claimed claimed, Answer answer, long start) {
    meters
        .timer(
            "tongbao.channel",
            "channel",
            claimed.request().channel(),
            "call",
            claimed.first() ? "ask" : "query",
            "answer",
            word(answer))
        .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }

  private static String word(Answer answer) {
    return answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
