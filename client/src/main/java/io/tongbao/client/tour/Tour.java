package io.tongbao.client.tour;

import io.tongbao.client.escrow.EscrowRefused;
import io.tongbao.client.escrow.OutcomeUnknown;
import io.tongbao.client.payout.PayoutRefused;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;

/** {@code ./tongbao tour <face> [url]}: runs a tour and exits non-zero where it fails. */
public final class Tour {
  private static final String LOCAL = "http://localhost:8080";

  private Tour() {}

  public static void main(String[] arguments) {
    String face = arguments.length > 0 ? arguments[0] : "escrow";
    try {
      int steps = walk(face, address(arguments.length > 1 ? arguments[1] : LOCAL), System.out);
      System.out.printf(
          "%nThe tour of %s is done: %d steps, all as they should be.%n", face, steps);
    } catch (TourFailed
        | EscrowRefused
        | OutcomeUnknown
        | PayoutRefused
        | io.tongbao.client.payout.OutcomeUnknown e) {
      System.err.println("tour " + face + " failed: " + e.getMessage());
      System.exit(1);
    }
  }

  private static URI address(String text) {
    try {
      URI base = new URI(text);
      if (base.getHost() != null && String.valueOf(base.getScheme()).matches("https?")) {
        return base;
      }
    } catch (URISyntaxException e) {
      throw new TourFailed(text + " is no address: " + e.getReason());
    }
    throw new TourFailed(text + " is no address; write it as http://localhost:8080");
  }

  /**
   * Walks through a face of the sandbox at {@code base} and prints each step; throws where
   * something is not as the specification says. Returns the number of steps.
   */
  public static int walk(String face, URI base, PrintStream out) {
    Story story = new Story(out);
    run(face, new Sandbox(base), story);
    return story.steps();
  }

  private static void run(String face, Sandbox sandbox, Story story) {
    switch (face) {
      case "escrow" -> new EscrowTour(sandbox, story).run();
      case "payout" -> new PayoutTour(sandbox, story).run();
      default -> throw new TourFailed("there is no tour of " + face + "; try escrow or payout");
    }
  }
}
