package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;

/**
 * What is sent back, byte for byte.
 *
 * @param outcome {@code "ok"}, {@code "replayed"}, or the refusal's reason; for logs and meters
 * @param lasting whether the same message, coming again, is answered the same. Not when we were too
 *     busy or at fault: then it may be tried anew
 */
public record Reply(int status, String contentType, Bytes body, String outcome, boolean lasting) {
  public static final String JSON = "application/json;charset=UTF-8";

  public static Reply ok(String contentType, Bytes body) {
    return new Reply(200, contentType, body, "ok", true);
  }

  /** What was answered before. */
  public static Reply replayed(String contentType, Bytes body) {
    return new Reply(200, contentType, body, "replayed", true);
  }

  public static Reply refused(String contentType, Bytes body, Refusal refusal) {
    Refusal.Reason reason = refusal.reason();
    boolean ours = reason == Refusal.Reason.BUSY || reason == Refusal.Reason.INTERNAL;
    return new Reply(200, contentType, body, reason.name(), !ours);
  }
}
