package io.tongbao.wire.escrow;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.Form;
import io.tongbao.wire.crypto.Signer;
import io.tongbao.wire.crypto.Verifier;

/**
 * What a browser carries back to the merchant's frontUrl or jumpUrl from a page of the platform:
 * sysid, sign, signedValue and status in the query, the signature over signedValue. Specification:
 * escrow §3.4 and the pages of §4.1 and §4.2.
 */
public record EscrowReturn(String sysid, String sign, String signedValue, String status) {
  public EscrowReturn {
    Controls.requireSysid(sysid);
    Controls.requireOutcome(status, signedValue);
  }

  /** A return that carries this JSON object. */
  public static EscrowReturn ok(String sysid, String json, Signer platform) {
    return new EscrowReturn(sysid, platform.sign(json), json, EscrowAnswer.OK);
  }

  /** A return that says that it was refused. */
  public static EscrowReturn error(String sysid, Signer platform) {
    String error = EscrowAnswer.ERROR;
    return new EscrowReturn(sysid, platform.sign(error), error, error);
  }

  /** Reads a return's query and checks the platform's signature: the client's side. */
  public static EscrowReturn read(Bytes query, Verifier platform) {
    Form form = Form.read(query);
    EscrowReturn back =
        new EscrowReturn(
            form.required("sysid"),
            form.required("sign"),
            form.required("signedValue"),
            form.required("status"));
    if (!platform.verify(back.signedValue, Controls.signature(back.sign))) {
      throw Refusal.of(Refusal.Reason.BAD_SIGNATURE);
    }
    return back;
  }

  public boolean isOk() {
    return status.equals(EscrowAnswer.OK);
  }

  public String query() {
    return Form.write(
        new Form.Field("sysid", sysid),
        new Form.Field("sign", sign),
        new Form.Field("signedValue", signedValue),
        new Form.Field("status", status));
  }

  /** The address to send the browser to: the merchant's, with the query behind what it has. */
  public String address(String merchantUrl) {
    String join = merchantUrl.indexOf('?') < 0 ? "?" : "&";
    return merchantUrl + join + query();
  }

  @Override
  public String toString() {
    return "return to " + sysid + " " + status;
  }
}
