package io.tongbao.wire.payout;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.Members;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the payout interface, chapter 5: plain JSON with code, message, request_id and,
 * unless it is a refusal, {@code data}, which is JSON text carried as it stands. Nobody signs it.
 */
public record PayoutAnswer(String code, String message, String requestId, @Nullable String data) {
  public static final String OK = "0000";

  /** An answer that carries this JSON value. */
  public static PayoutAnswer ok(String message, String requestId, String data) {
    return new PayoutAnswer(OK, message, requestId, data);
  }

  public static PayoutAnswer refusal(String code, String message, String requestId) {
    return new PayoutAnswer(code, message, requestId, null);
  }

  /** The {@code data} of a query with {@code data_type=encryption}: this object, encrypted. */
  public static String encrypted(String json, PayoutKeys keys) {
    return new Members.Writer().text("encry_data", keys.seal(json)).end();
  }

  /** The {@code data} of query-order with encryption: the cipher text alone, as a JSON string. */
  public static String bare(String json, PayoutKeys keys) {
    return '"' + keys.seal(json) + '"';
  }

  /** Reads an answer: the client's side. */
  public static PayoutAnswer read(String json) {
    Members members = Members.read(json);
    String message = members.text("message");
    String requestId = members.text("request_id");
    return new PayoutAnswer(
        members.required("code"),
        message == null ? "" : message,
        requestId == null ? "" : requestId,
        members.raw("data"));
  }

  public boolean isOk() {
    return code.equals(OK);
  }

  /** The JSON text of {@code data}, decrypted where it came encrypted: the client's side. */
  public Secret open(PayoutKeys keys) {
    if (data == null) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, "data");
    }
    if (data.startsWith("\"")) {
      return keys.open(Members.read("{\"data\":" + data + "}").required("data"));
    }
    String sealed = data.startsWith("{") ? Members.read(data).text("encry_data") : null;
    return sealed == null ? new Secret(data) : keys.open(sealed);
  }

  /** The body of the answer. */
  public String json() {
    return new Members.Writer()
        .text("code", code)
        .text("message", message)
        .text("request_id", requestId)
        .raw("data", data)
        .end();
  }

  @Override
  public String toString() {
    return "answer " + code;
  }
}
