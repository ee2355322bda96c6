package io.tongbao.ledger;

import java.util.List;

/**
 * What an audit found.
 *
 * @param millis how long it took
 * @param entries how many entries the journal had at that moment
 */
public record AuditReport(boolean passed, List<Violation> violations, long millis, long entries) {
  public AuditReport {
    violations = List.copyOf(violations);
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
}
