package io.tongbao.wire.payout;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.Members;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a notice of the payout interface says, §2.1 (5): its own number, the time of the news, and
 * the order as JSON text. The receiver answers with the seven characters {@code success}.
 */
public record PayoutNotice(String notifyId, Instant notifyTime, Secret data) {
  /** The body with which a receiver says that it has the notice. */
  public static final String DONE = "success";

  /** This notice, encrypted and signed as of {@code time}. */
  public PayoutMessage sealed(String mess, Instant time, PayoutKeys keys) {
    String json =
        new Members.Writer()
            .text("notify_id", notifyId)
            .text("notify_time", BeijingTime.seconds(notifyTime))
            .raw("data", data.reveal())
            .end();
    return PayoutMessage.sealed(json, mess, time, keys);
  }

  /** Reads a notice's body, its code checked first: the client's side. */
  public static PayoutNotice read(Bytes body, PayoutKeys keys) {
    Secret json = PayoutMessage.readNotice(body).authenticate(keys).open();
    Members members = Members.read(json.reveal());
    String data = members.raw("data");
    if (data == null) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, "data");
    }
    Instant time = time(members.required("notify_time"));
    return new PayoutNotice(members.required("notify_id"), time, new Secret(data));
  }

  private static Instant time(String text) {
    try {
      return BeijingTime.parseSeconds(text);
    } catch (DateTimeException notATime) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "notify_time");
    }
  }
}
