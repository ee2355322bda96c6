package io.tongbao.server.sandbox;

import io.tongbao.ledger.AuditReport;
import io.tongbao.server.recon.Audits;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET audit}: everything that must be true, checked now. */
@Component
@Profile("sandbox")
final class AuditRoutes implements Routes {
  private final Audits audits;

  AuditRoutes(Audits audits) {
    this.audits = audits;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.GET("/audit", this::run);
  }

  /**
   * {@code ?days=open} leaves out what is sealed, as the rounds of every ten minutes do; {@code
   * ?checks=true} also tells what each statement took.
   */
  private ServerResponse run(ServerRequest request) {
    boolean open = request.param("days").filter("open"::equals).isPresent();
    AuditReport report = open ? audits.runOpen() : audits.run();
    ObjectNode answer =
        Replies.object()
            .put("passed", report.passed())
            .put("since", report.since())
            .put("millis", report.millis())
            .put("entries", report.entries());
    ArrayNode violations = answer.putArray("violations");
    for (AuditReport.Violation violation : report.violations()) {
      ObjectNode one =
          violations.addObject().put("id", violation.id()).put("statement", violation.statement());
      violation.details().forEach(one.putArray("details")::add);
    }
    if (request.param("checks").filter("true"::equals).isPresent()) {
      addChecks(answer.putArray("checks"), report);
    }
    return Replies.ok(answer);
  }

  private static void addChecks(ArrayNode checks, AuditReport report) {
    for (AuditReport.Check check : report.checks()) {
      checks
          .addObject()
          .put("id", check.id())
          .put("statement", check.statement())
          .put("micros", check.micros());
    }
  }
}
