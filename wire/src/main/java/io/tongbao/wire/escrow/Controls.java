package io.tongbao.wire.escrow;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.crypto.Base64Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The control fields' strict shapes. The signed string joins sysid, a JSON object and a time
 * without separators; with these shapes it can be cut in one way only: the digits up to the
 * object's first brace, the time behind its last one, and the white space that JSON allows around
 * the object is part of it (THREATS T-X1, T3-4).
 */
final class Controls {
  static final String VERSION = "1.0";

  private static final Pattern SYSID = Pattern.compile("\\A[0-9]{6,20}\\z");
  private static final Pattern OBJECT =
      Pattern.compile("\\A[ \\t\\r\\n]*+\\{.*}[ \\t\\r\\n]*\\z", Pattern.DOTALL);

  private Controls() {}

  static void requireSysid(String sysid) {
    require(SYSID.matcher(sysid).matches(), "sysid");
  }

  static void requireVersion(String v) {
    require(v.equals(VERSION), "v");
  }

  /** Begins and ends as an object does; what lies between is for the codec to judge. */
  static void requireObject(String json, String name) {
    require(OBJECT.matcher(json).matches(), name);
  }

  /**
   * An object under OK, the word error under error. The status is not signed: somebody between
   * could change it, and this is how one sees it.
   */
  static void requireOutcome(String status, String signedValue) {
    if (status.equals(EscrowAnswer.OK)) {
      requireObject(signedValue, "signedValue");
      return;
    }
    require(status.equals(EscrowAnswer.ERROR), "status");
    require(signedValue.equals(EscrowAnswer.ERROR), "signedValue");
  }

  static Instant time(String timestamp) {
    try {
      return BeijingTime.parseSeconds(timestamp);
    } catch (DateTimeException notATime) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "timestamp");
    }
  }

  static Bytes signature(String sign) {
    try {
      return Base64Text.open(sign);
    } catch (Refusal notBase64) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "sign");
    }
  }

  private static void require(boolean met, String name) {
    if (!met) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
  }
}
