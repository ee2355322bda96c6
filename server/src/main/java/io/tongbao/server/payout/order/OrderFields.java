package io.tongbao.server.payout.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.member.Forms;
import io.tongbao.server.payment.PayoutDraft;
import io.tongbao.server.payout.PayoutForms;
import org.jspecify.annotations.Nullable;

/** The fields that the three orders share, and what they may be. */
final class OrderFields {
  private static final int LONGEST_NOTES = 200;

  private OrderFields() {}

  static @Nullable Secret name(@Nullable Secret name) {
    return name == null ? null : Forms.name(name.reveal(), "real_name");
  }

  static @Nullable Secret idCard(@Nullable Secret idCard) {
    return idCard == null ? null : Forms.identityNo(idCard, "id_card");
  }

  static @Nullable Secret phone(@Nullable Secret phone) {
    return phone == null ? null : Forms.phone(phone.reveal(), "phone_no");
  }

  static PayoutDraft.Words words(
      @Nullable String anchorId, @Nullable String notes, @Nullable String payRemark) {
    return new PayoutDraft.Words(
        anchorId == null ? null : Forms.words(anchorId, 64, "anchor_id"),
        notes == null ? null : Forms.words(notes, LONGEST_NOTES, "notes"),
        PayRemark.check(payRemark));
  }

  /** Refuses numbers that no order or broker can have. */
  static void check(String order, String broker) {
    PayoutForms.orderId(order, "order_id");
    try {
      PayoutForms.brokerId(broker, "broker_id");
    } catch (Refusal none) {
      throw Refusal.of(Refusal.Reason.BROKER_UNKNOWN, "broker_id");
    }
  }
}
