package io.tongbao.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.MoneyCalls;
import io.tongbao.client.escrow.OrderCalls;
import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Compares what a merchant was told with what the platform holds. */
final class Reckoning {
  /** §6.13, and 0 for an order that does not exist. */
  private static final int ABSENT = 0;

  private static final int UNPAID = 1;
  private static final int SUCCEEDED = 4;
  private static final int IN_PROGRESS = 99;
  private static final Set<Integer> MAYBE = Set.of(ABSENT, UNPAID, SUCCEEDED, IN_PROGRESS);

  /** What a message hears that had its effect, when its first answer was lost with the process. */
  private static final Set<String> DONE_BEFORE = Set.of("40017", "40004", "50001");

  private static final int AT_A_TIME = 32;
  private static final int PAGE = 1000;

  private final World world;
  private final List<Actor> people;
  private final long opening;
  private final List<Journey> journeys = new ArrayList<>();
  private final List<Reserve> reserves = new ArrayList<>();

  /**
   * @param opening what each of the people had at first, in fen
   */
  Reckoning(World world, List<Actor> people, Money opening) {
    this.world = world;
    this.people = people;
    this.opening = opening.fen();
  }

  /**
   * Right after a restart: what was acknowledged is there, what is unknown is there at most once.
   */
  void take(Writers writers) throws InterruptedException {
    journeys.addAll(writers.journeys());
    reserves.addAll(writers.reserves());
    each(writers.journeys(), this::checkState);
    world.audit();
  }

  private void checkState(Journey journey) {
    Ask<OrderCalls.Paid> pay = journey.pay();
    int state = state(journey);
    Set<Integer> possible = MAYBE;
    if (pay != null && pay.answer() != null) {
      boolean succeeded = "success".equals(Objects.requireNonNull(pay.answer()).status());
      possible = succeeded ? Set.of(SUCCEEDED) : Set.of(SUCCEEDED, IN_PROGRESS);
    } else if (pay != null && pay.fate() instanceof Fate.Refused) {
      possible = Set.of(UNPAID);
    } else if (pay != null) {
      possible = Set.of(UNPAID, SUCCEEDED, IN_PROGRESS);
    } else if (journey.open().fate() instanceof Fate.Answered) {
      possible = Set.of(UNPAID);
    } else if (journey.open().fate() instanceof Fate.Refused) {
      possible = Set.of(ABSENT);
    }
    assertThat(state).as(journey.toString()).isIn(possible);
  }

  private int state(Journey journey) {
    Fate fate = world.surely(new OrderCalls.Get(journey.payer().member(), journey.number()));
    return switch (fate) {
      case Fate.Answered answered -> ((OrderCalls.Status) answered.answer()).state();
      case Fate.Refused refused -> {
        assertThat(refused.code()).as(journey.toString()).isEqualTo("40000");
        yield ABSENT;
      }
      case Fate.Unknown unknown -> throw new AssertionError(unknown.why());
    };
  }

  /** At the end: everything is known, nothing is in between, every fen is where it belongs. */
  void close() throws InterruptedException {
    long unknown = asks().filter(Ask::isUnknown).count();
    each(asks().filter(Ask::isUnknown).toList(), this::retry);
    each(asks().filter(ask -> ask.hashCode() % 4 == 0).toList(), Reckoning::repeat);
    world.eventually("nothing is in between", this::isSettled);
    Map<String, Integer> states = states();
    each(people, person -> checkMoney(person, states));
    List<String> succeeded =
        states.entrySet().stream()
            .filter(each -> each.getValue() == SUCCEEDED)
            .map(Map.Entry::getKey)
            .toList();
    assertThat(succeeded).hasSizeGreaterThan(Writers.COUNT);
    world.eventually("every notice arrives", () -> succeeded.stream().allMatch(world::toldOf));
    world.audit();
    System.out.printf(
        "%d messages, %d of them without an answer at first; %d orders succeeded%n",
        asks().count(), unknown, succeeded.size());
  }

  private Stream<Ask<?>> asks() {
    Stream<Ask<?>> orders = journeys.stream().flatMap(j -> Stream.of(j.open(), j.pay()));
    Stream<Ask<?>> freezes = reserves.stream().flatMap(r -> Stream.of(r.freeze(), r.unfreeze()));
    return Stream.concat(orders, freezes).filter(Objects::nonNull).filter(Ask::wasSent);
  }

  private void retry(Ask<?> ask) {
    world.eventually("an answer to " + ask, () -> !(ask.send() instanceof Fate.Unknown));
  }

  /** The same bytes hear the same answer. */
  private static void repeat(Ask<?> ask) {
    Fate again = ask.send();
    boolean toldOtherwise =
        again instanceof Fate.Refused refused && DONE_BEFORE.contains(refused.code());
    if (!toldOtherwise) {
      assertThat(again).as(ask.toString()).isEqualTo(ask.fate());
    }
  }

  private boolean isSettled() throws InterruptedException {
    return !states().containsValue(IN_PROGRESS);
  }

  private Map<String, Integer> states() throws InterruptedException {
    Map<String, Integer> states = new ConcurrentHashMap<>();
    each(journeys, journey -> states.put(journey.number(), state(journey)));
    return states;
  }

  private void checkMoney(Actor person, Map<String, Integer> states) {
    String member = person.member();
    Map<String, Long> expected = new HashMap<>();
    for (Journey journey : journeys) {
      long change = journey.change(member);
      if (change != 0 && Objects.equals(states.get(journey.number()), SUCCEEDED)) {
        expected.merge(journey.number(), change, Long::sum);
      }
    }
    Map<String, Long> booked = booked(member);
    booked.remove("deposit-" + member);
    assertThat(booked).as("statement of " + member).isEqualTo(expected);
    long total = opening + expected.values().stream().mapToLong(Long::longValue).sum();
    long frozen =
        reserves.stream().filter(r -> r.member().equals(person)).mapToLong(Reserve::frozen).sum();
    assertThat(ask(new MoneyCalls.GetBalance(member, world.accountSet()), MoneyCalls.Balance.class))
        .as("balance of " + member)
        .isEqualTo(new MoneyCalls.Balance(Money.ofFen(total), Money.ofFen(frozen)));
  }

  /** What the statement says that each order changed, in fen. */
  private Map<String, Long> booked(String member) {
    Map<String, Long> booked = new HashMap<>();
    LocalDate today = BeijingTime.dayOf(world.sandbox().clock().instant());
    long total = 1;
    for (int start = 1; start <= total; start += PAGE) {
      MoneyCalls.Statement page =
          ask(
              new MoneyCalls.GetStatement(member, null, today.minusDays(1), today, start, PAGE),
              MoneyCalls.Statement.class);
      page.lines()
          .forEach(
              line -> booked.merge(String.valueOf(line.number()), line.change().fen(), Long::sum));
      total = page.total();
    }
    booked.values().removeIf(change -> change == 0);
    return booked;
  }

  private <R> R ask(EscrowCall<R> question, Class<R> type) {
    return switch (world.surely(question)) {
      case Fate.Answered answered -> type.cast(answered.answer());
      case Fate.Refused refused -> throw new AssertionError(refused.toString());
      case Fate.Unknown unknown -> throw new AssertionError(unknown.why());
    };
  }

  /** Does something with each, some at a time; fails with the first failure. */
  static <T> void each(Collection<T> items, Consumer<? super T> work) throws InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
      List<Future<?>> running = new ArrayList<>();
      items.forEach(item -> running.add(threads.submit(() -> work.accept(item))));
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
