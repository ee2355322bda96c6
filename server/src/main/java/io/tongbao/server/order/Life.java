package io.tongbao.server.order;

/**
 * The life of an escrow order, all of it. Specification escrow §6.13: 1→{3,4,6,99}, 99→{3,4}, 4→5,
 * 5→5.
 */
public final class Life {
  private Life() {}

  /** What an event does to an order in a state. */
  public sealed interface Step {}

  /** The order goes on to another state (or stays in REFUNDED with more given back). */
  public record Move(State to) implements Step {}

  /** The news is old; nothing changes. */
  public record Stay() implements Step {}

  /** This cannot be: somebody must look at it. */
  public record Contradiction(String why) implements Step {}

  public static Step step(State state, Event event) {
    return switch (event) {
      case Event.Confirmed _ -> confirmed(state);
      case Event.Settled _ -> settled(state);
      case Event.Declined _ -> declined(state);
      case Event.Expired _ -> expired(state);
      case Event.GivenBack _ -> givenBack(state);
    };
  }

  private static Step confirmed(State state) {
    return switch (state) {
      case UNPAID -> new Move(State.IN_PROGRESS);
      case IN_PROGRESS -> new Stay();
      case SUCCEEDED, REFUNDED, FAILED, CLOSED -> contradiction(state, "confirmed");
    };
  }

  private static Step settled(State state) {
    return switch (state) {
      case UNPAID, IN_PROGRESS -> new Move(State.SUCCEEDED);
      case SUCCEEDED, REFUNDED -> new Stay();
      case FAILED, CLOSED -> contradiction(state, "settled");
    };
  }

  private static Step declined(State state) {
    return switch (state) {
      case UNPAID, IN_PROGRESS -> new Move(State.FAILED);
      case FAILED, CLOSED -> new Stay();
      case SUCCEEDED, REFUNDED -> contradiction(state, "declined");
    };
  }

  private static Step expired(State state) {
    return switch (state) {
      case UNPAID -> new Move(State.CLOSED);
      case IN_PROGRESS, SUCCEEDED, REFUNDED, FAILED, CLOSED -> new Stay();
    };
  }

  private static Step givenBack(State state) {
    return switch (state) {
      case SUCCEEDED, REFUNDED -> new Move(State.REFUNDED);
      case UNPAID, IN_PROGRESS, FAILED, CLOSED -> contradiction(state, "given back");
    };
  }

  private static Step contradiction(State state, String what) {
    return new Contradiction("an order in state " + state + " was " + what);
  }
}
