package io.tongbao.client.tour;

import java.io.PrintStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints a tour step by step, and ends it where something is not as it should be. */
final class Story {
  private final PrintStream out;
  private int steps;

  Story(PrintStream out) {
    this.out = out;
  }

  void chapter(String title) {
    out.println();
    out.println("── " + title + " " + "─".repeat(Math.max(2, 70 - title.length())));
  }

  void step(String what) {
    steps++;
    out.printf("%n%2d. %s%n", steps, what);
  }

  void sent(Object what) {
    out.println("    → " + what);
  }

  void came(Object what) {
    out.println("    ← " + what);
  }

  void say(String line) {
    out.println("      " + line);
  }

  /** Prints the value and fails unless it is the expected one. */
  void expect(String what, Object expected, @Nullable Object actual) {
    boolean equal = Objects.equals(expected, actual);
    out.println("      " + (equal ? "✓ " : "✗ ") + what + " = " + actual);
    if (!equal) {
      throw new TourFailed(what + " is " + actual + ", not " + expected);
    }
  }

  int steps() {
    return steps;
  }
}
