package io.tongbao.server.payout.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.server.payment.Reports;

/** The answer to a report: our number beside the dealer's. Specification §2.5. */
record Kept(
    @JsonProperty("order_id") String order,
    @JsonProperty("ref") String ref,
    @JsonProperty("pay") Money pay) {

  static Kept of(Reports.Report report) {
    return new Kept(report.number(), report.ref(), report.pay());
  }
}
