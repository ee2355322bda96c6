package io.tongbao.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many who want the same at the same moment. */
final class Crowd {
  static final int SIZE = 64;

  private Crowd() {}

  /** Sends one message a thread, all at once, each again until it is answered. */
  static List<Fate> send(IntFunction<Ask<?>> messages) throws InterruptedException {
    List<Ask<?>> asks = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      asks.add(messages.apply(i));
    }
    CyclicBarrier start = new CyclicBarrier(SIZE);
    List<Future<Fate>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      asks.forEach(ask -> running.add(threads.submit(() -> atOnce(start, ask))));
      List<Fate> fates = new ArrayList<>();
      for (Future<Fate> one : running) {
        fates.add(one.get());
      }
      return fates;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static Fate atOnce(CyclicBarrier start, Ask<?> ask)
      throws InterruptedException, BrokenBarrierException {
    start.await();
    Fate fate = ask.send();
    for (int tries = 1; fate instanceof Fate.Unknown && tries < SIZE; tries++) {
      fate = ask.send();
    }
    return fate;
  }

  /**
   * The even ones sent the same bytes, the odd ones each their own with the same number: all with
   * the same bytes hear one answer, at most one message takes effect, and the others are refused.
   *
   * @param refusals the codes of a refusal of this kind
   */
  static void oneEffect(String what, List<Fate> fates, List<String> refusals) {
    List<Fate> same = new ArrayList<>();
    List<Fate> messages = new ArrayList<>();
    for (int i = 0; i < fates.size(); i++) {
      (i % 2 == 0 ? same : messages).add(fates.get(i));
    }
    assertThat(same).as("%s: the same bytes", what).containsOnly(same.getFirst());
    messages.add(same.getFirst());
    List<Fate> effects = messages.stream().filter(Fate.Answered.class::isInstance).toList();
    assertThat(effects).as("%s: effects", what).hasSize(1);
    assertThat(messages.stream().filter(fate -> !(fate instanceof Fate.Answered)))
        .as("%s: the others", what)
        .allMatch(
            fate -> fate instanceof Fate.Refused refused && refusals.contains(refused.code()));
  }

  /** All sent the same bytes. */
  static void oneAnswer(String what, List<Fate> fates) {
    assertThat(fates.getFirst()).as(what).isInstanceOf(Fate.Answered.class);
    assertThat(fates).as(what).hasSameElementsAs(Collections.singleton(fates.getFirst()));
  }
}
