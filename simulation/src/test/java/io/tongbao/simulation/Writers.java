package io.tongbao.simulation;

import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Threads that make orders without rest, whatever happens to the platform, until told to stop. */
final class Writers {
  static final int COUNT = 16;

  private static final int MOST_FEN = 500;

  /** Nobody hammers on a door that does not open. */
  private static final Duration BREATH = Duration.ofMillis(50);

  private final World world;
  private final List<Actor> people;
  private final String label;
  private final Queue<Journey> journeys = new ConcurrentLinkedQueue<>();
  private final Queue<Reserve> reserves = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean resting;

  private Writers(World world, List<Actor> people, String label) {
    this.world = world;
    this.people = people;
    this.label = label;
  }

  /**
   * Starts them.
   *
   * @param label what their orders' numbers begin with
   */
  static Writers start(World world, List<Actor> people, String label, long seed) {
    Writers writers = new Writers(world, people, label);
    for (int i = 0; i < COUNT; i++) {
      int thread = i;
      SplittableRandom random = new SplittableRandom(seed * COUNT + i);
      writers.threads.add(Thread.ofVirtual().start(() -> writers.write(thread, random)));
    }
    return writers;
  }

  private void write(int thread, SplittableRandom random) {
    for (int i = 0; !resting; i++) {
      String number = label + "-" + thread + "-" + i;
      Actor payer = people.get(thread + COUNT * random.nextInt(people.size() / COUNT));
      Actor receiver = other(payer, random);
      Money amount = Money.ofFen(2 + random.nextInt(MOST_FEN));
      switch (random.nextInt(8)) {
        case 0, 1 -> travel(Journey.Kind.DEPOSIT, number, payer, receiver, amount, Money.ZERO);
        case 2, 3, 4 ->
            travel(Journey.Kind.PURCHASE, number, payer, receiver, amount, Money.ofFen(1));
        case 5, 6 ->
            travel(Journey.Kind.WITHDRAWAL, number, payer, receiver, amount, Money.ofFen(1));
        default -> {
          Reserve reserve = new Reserve(world, payer, number);
          reserves.add(reserve);
          reserve.travel();
        }
      }
    }
  }

  private Actor other(Actor payer, SplittableRandom random) {
    int at = people.indexOf(payer);
    return people.get((at + 1 + random.nextInt(people.size() - 1)) % people.size());
  }

  private void travel(
      Journey.Kind kind, String number, Actor payer, Actor receiver, Money amount, Money fee) {
    Journey journey = new Journey(world, kind, number, payer, receiver, amount, fee);
    journeys.add(journey);
    journey.travel();
    if (journey.open().isUnknown()) {
      LockSupport.parkNanos(BREATH.toNanos());
    }
  }

  /** Waits until that many orders were paid for, answers included. */
  void await(int paid) {
    world.eventually(paid + " orders are paid", () -> paid() >= paid);
  }

  private long paid() {
    return journeys.stream()
        .map(Journey::pay)
        .filter(pay -> pay != null && pay.fate() instanceof Fate.Answered)
        .count();
  }

  /** Lets everybody finish what he is at. */
  void rest() throws InterruptedException {
    resting = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  List<Journey> journeys() {
    return List.copyOf(journeys);
  }

  List<Reserve> reserves() {
    return List.copyOf(reserves);
  }
}
