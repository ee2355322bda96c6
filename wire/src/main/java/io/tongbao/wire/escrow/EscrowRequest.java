package io.tongbao.wire.escrow;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.Form;
import io.tongbao.wire.crypto.Signer;
import io.tongbao.wire.crypto.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One signed request of the escrow interface, §3.1 and §3.4: five parameters, of which {@code req}
 * is JSON text kept character for character. Whoever holds one knows that its shapes are right
 * (THREATS T-X1), not yet that the signature is.
 */
public record EscrowRequest(String sysid, String sign, String timestamp, String v, String req) {
  /** How far the timestamp may be from the platform's clock, either way (§3.1). */
  public static final Duration WINDOW = Duration.ofMinutes(10);

  private static final String[] NAMES = {"sysid", "sign", "timestamp", "v", "req"};

  public EscrowRequest {
    Controls.requireSysid(sysid);
    Controls.time(timestamp);
    Controls.requireVersion(v);
    Controls.requireObject(req, "req");
    Controls.signature(sign);
  }

  /**
   * Reads a call of {@code /service/soa}: either the query or the body carries all parameters, as
   * the bytes came. Both at once are refused (THREATS T-X3).
   */
  public static EscrowRequest read(Bytes query, Bytes body) {
    Form form = source(query, body);
    return new EscrowRequest(
        form.required("sysid"),
        form.required("sign"),
        form.required("timestamp"),
        form.required("v"),
        form.required("req"));
  }

  /**
   * Reads a call of a front page. Password pages are called with values that are percent-encoded
   * twice: where {@code req} still begins with {@code %7B}, all five are decoded once more, and
   * never otherwise.
   */
  public static EscrowRequest readPage(Bytes query, Bytes body) {
    Form form = source(query, body);
    if (!form.required("req").toUpperCase(Locale.ROOT).startsWith("%7B")) {
      return read(query, body);
    }
    return new EscrowRequest(
        Form.decode(form.required("sysid")),
        Form.decode(form.required("sign")),
        Form.decode(form.required("timestamp")),
        Form.decode(form.required("v")),
        Form.decode(form.required("req")));
  }

  /** A request of this sysid, signed: the client's side. */
  public static EscrowRequest signed(String sysid, Instant time, String req, Signer signer) {
    String timestamp = BeijingTime.seconds(time);
    String sign = signer.sign(canonical(sysid, req, timestamp));
    return new EscrowRequest(sysid, sign, timestamp, Controls.VERSION, req);
  }

  /** What is signed: {@code sysid + req + timestamp}. */
  public String canonical() {
    return canonical(sysid, req, timestamp);
  }

  /** The SHA-256 of what is signed: by it a request is known again, however it was spelled. */
  public Bytes digest() {
    return Bytes.utf8(canonical()).sha256();
  }

  public boolean isSignedBy(Verifier verifier) {
    return verifier.verify(canonical(), Controls.signature(sign));
  }

  public Instant time() {
    return Controls.time(timestamp);
  }

  /** Whether the timestamp is within {@link #WINDOW} of {@code now}. */
  public boolean isFresh(Instant now) {
    return Duration.between(time(), now).abs().compareTo(WINDOW) <= 0;
  }

  /** The body of a POST, or the query of a GET. */
  public String form() {
    return Form.write(
        new Form.Field("sysid", sysid),
        new Form.Field("sign", sign),
        new Form.Field("timestamp", timestamp),
        new Form.Field("v", v),
        new Form.Field("req", req));
  }

  /** The query with which a browser is sent to a password page: encoded twice. */
  public String pageQuery() {
    return Form.write(
        new Form.Field("sysid", Form.encode(sysid)),
        new Form.Field("sign", Form.encode(sign)),
        new Form.Field("timestamp", Form.encode(timestamp)),
        new Form.Field("v", Form.encode(v)),
        new Form.Field("req", Form.encode(req)));
  }

  @Override
  public String toString() {
    return "request of " + sysid + " at " + timestamp;
  }

  private static String canonical(String sysid, String req, String timestamp) {
    return sysid + req + timestamp;
  }

  private static Form source(Bytes query, Bytes body) {
    Form fromQuery = Form.read(query);
    Form fromBody = Form.read(body);
    boolean inQuery = hasControls(fromQuery);
    if (inQuery && hasControls(fromBody)) {
      throw Refusal.of(Refusal.Reason.MALFORMED);
    }
    return inQuery ? fromQuery : fromBody;
  }

  private static boolean hasControls(Form form) {
    for (String name : NAMES) {
      if (form.has(name)) {
        return true;
      }
    }
    return false;
  }
}
