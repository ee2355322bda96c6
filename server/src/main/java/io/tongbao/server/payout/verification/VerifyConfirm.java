package io.tongbao.server.payout.verification;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payout.PayoutOperation;

/**
 * 银行卡四要素确认鉴权: the code that the phone was sent, with the same four elements. Specification §2.3
 * (1.2).
 */
@Endpoint("POST /authentication/verify-confirm")
final class VerifyConfirm implements PayoutOperation<VerifyConfirm.Request, Confirmed> {

  record Request(
      @JsonProperty("card_no") Secret card,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("mobile") Secret mobile,
      @JsonProperty("captcha") Secret captcha,
      @JsonProperty("ref") String ref) {}

  private final Captchas captchas;

  VerifyConfirm(Captchas captchas) {
    this.captchas = captchas;
  }

  @Override
  public Confirmed handle(Caller caller, Request request) {
    Registry.Claim claim =
        Registry.Claim.of(request.realName(), request.idCard(), request.card(), request.mobile());
    captchas.confirm(
        caller.merchant(), claim, request.ref(), request.captcha().reveal(), caller.now());
    return new Confirmed();
  }
}
