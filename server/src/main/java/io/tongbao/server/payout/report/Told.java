package io.tongbao.server.payout.report;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.member.Forms;
import io.tongbao.server.payment.Payee;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.Reports;
import io.tongbao.server.payout.PayoutForms;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the three reports have in common, checked. Specification §2.5. */
record Told(
    String order,
    String broker,
    Secret realName,
    Secret idCard,
    Money pay,
    Instant createdAt,
    Outcome result,
    @Nullable String notes) {

  /** How far a dealer's clock may be ahead of ours. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final int LONGEST_NOTES = 200;

  /** The report of this payee's account, or a refusal that names a field. */
  Reports.Draft draft(
      Caller caller,
      PayoutChannel channel,
      Secret account,
      @Nullable Secret phone,
      @Nullable String anchor) {
    if (createdAt.isAfter(caller.now().plus(AHEAD))) {
      throw Refusal.of(Reason.BAD_FIELD, "created_at");
    }
    return new Reports.Draft(
        caller.merchant(),
        PayoutForms.orderId(order, "order_id"),
        channel,
        PayoutForms.brokerId(broker, "broker_id"),
        new Payee(
            Forms.name(realName.reveal(), "real_name"),
            account,
            Forms.identityNo(idCard, "id_card"),
            phone == null ? null : Forms.phone(phone.reveal(), "phone_no")),
        pay,
        anchor == null ? null : PayoutForms.anchorId(anchor, "anchor_id"),
        notes == null ? null : Forms.words(notes, LONGEST_NOTES, "notes"),
        result == Outcome.SUCCEEDED,
        createdAt,
        caller.now());
  }
}
