package io.tongbao.wire.escrow;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.Form;
import io.tongbao.wire.crypto.Signer;
import io.tongbao.wire.crypto.Verifier;
import java.time.Instant;

/**
 * One background notice of the escrow interface, §3.4 and §3.6: a form with sysid, sign, timestamp,
 * v and rps, where {@code rps} is JSON text and the platform signs {@code sysid + rps + timestamp}.
 */
public record EscrowNotice(String sysid, String sign, String timestamp, String v, String rps) {
  public EscrowNotice {
    Controls.requireSysid(sysid);
    Controls.time(timestamp);
    Controls.requireVersion(v);
    Controls.requireObject(rps, "rps");
    Controls.signature(sign);
  }

  /** A notice to this sysid, signed by the platform as of {@code time}. */
  public static EscrowNotice signed(String sysid, Instant time, String rps, Signer platform) {
    String timestamp = BeijingTime.seconds(time);
    String sign = platform.sign(sysid + rps + timestamp);
    return new EscrowNotice(sysid, sign, timestamp, Controls.VERSION, rps);
  }

  /** Reads a notice's body and checks the platform's signature: the client's side. */
  public static EscrowNotice read(Bytes body, Verifier platform) {
    Form form = Form.read(body);
    EscrowNotice notice =
        new EscrowNotice(
            form.required("sysid"),
            form.required("sign"),
            form.required("timestamp"),
            form.required("v"),
            form.required("rps"));
    if (!platform.verify(notice.canonical(), Controls.signature(notice.sign))) {
      throw Refusal.of(Refusal.Reason.BAD_SIGNATURE);
    }
    return notice;
  }

  /** What is signed: {@code sysid + rps + timestamp}. */
  public String canonical() {
    return sysid + rps + timestamp;
  }

  public Instant time() {
    return Controls.time(timestamp);
  }

  /** The body of the POST. */
  public String form() {
    return Form.write(
        new Form.Field("sysid", sysid),
        new Form.Field("sign", sign),
        new Form.Field("timestamp", timestamp),
        new Form.Field("v", v),
        new Form.Field("rps", rps));
  }

  @Override
  public String toString() {
    return "notice to " + sysid + " at " + timestamp;
  }
}
