package io.tongbao.ledger;

import java.util.List;

/**
 * What an audit found.
 *
 * @param since what was written before this moment was left out where it could be; {@link
 *     Invariant#EVER} where nothing was
 * @param millis how long it took
 * @param entries how many entries it looked at
 * @param checks what each statement took, the slowest first
 */
public record AuditReport(
    boolean passed,
    List<Violation> violations,
    String since,
    long millis,
    long entries,
    List<Check> checks) {
  public AuditReport {
    violations = List.copyOf(violations);
    checks = List.copyOf(checks);
  }

  /**
   * An invariant that does not hold.
   *
   * @param details the first rows that contradict it, at most five
   */
  public record Violation(String id, String statement, List<String> details) {
    public Violation {
      details = List.copyOf(details);
    }
  }

  /** A statement that was checked, and how long that took. */
  public record Check(String id, String statement, long micros) {}
}
