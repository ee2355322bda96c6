package io.tongbao.wire.escrow;

import io.tongbao.kernel.Refusal;
import io.tongbao.wire.Members;
import io.tongbao.wire.crypto.Signer;
import io.tongbao.wire.crypto.Verifier;
import org.jspecify.annotations.Nullable;

/**
 * One signed answer of the escrow interface, §3.2 to §3.4. {@code signedValue} is a JSON string
 * that contains JSON text, and {@code sign} covers exactly that text; a refusal's signedValue is
 * the word {@code error}, signed too.
 */
public record EscrowAnswer(
    String status,
    String signedValue,
    String sign,
    @Nullable String errorCode,
    @Nullable String message) {
  public static final String OK = "OK";
  public static final String ERROR = "error";

  public EscrowAnswer {
    Controls.requireOutcome(status, signedValue);
  }

  /** An answer that carries this JSON object, signed by the platform. */
  public static EscrowAnswer ok(String json, Signer signer) {
    return new EscrowAnswer(OK, json, signer.sign(json), null, null);
  }

  /** A refusal, signed by the platform. */
  public static EscrowAnswer error(String errorCode, String message, Signer signer) {
    return new EscrowAnswer(ERROR, ERROR, signer.sign(ERROR), errorCode, message);
  }

  /**
   * Reads an answer and checks the platform's signature: the client's side. Whatever cannot be read
   * or trusted is refused, and tells nothing about what became of the request.
   */
  public static EscrowAnswer read(String json, Verifier platform) {
    Members members = Members.read(json);
    EscrowAnswer answer =
        new EscrowAnswer(
            members.required("status"),
            members.required("signedValue"),
            members.required("sign"),
            members.text("errorCode"),
            members.text("message"));
    if (!platform.verify(answer.signedValue, Controls.signature(answer.sign))) {
      throw Refusal.of(Refusal.Reason.BAD_SIGNATURE);
    }
    return answer;
  }

  public boolean isOk() {
    return status.equals(OK);
  }

  /** The body of the answer. */
  public String json() {
    return new Members.Writer()
        .text("status", status)
        .text("signedValue", signedValue)
        .text("sign", sign)
        .text("errorCode", errorCode)
        .text("message", message)
        .end();
  }

  @Override
  public String toString() {
    return "answer " + status + (errorCode == null ? "" : " " + errorCode);
  }
}
