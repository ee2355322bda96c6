package io.tongbao.server.payout.verification;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payout.PayoutOperation;

/** 银行卡四要素验证: whether the card is that person's and the bank knows the phone. §2.3 (2). */
@Endpoint(value = "POST /authentication/verify-bankcard-four-factor", reads = true)
final class VerifyBankcardFourFactor
    implements PayoutOperation<VerifyBankcardFourFactor.Request, Confirmed> {

  record Request(
      @JsonProperty("card_no") Secret card,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("mobile") Secret mobile) {}

  private final Registry registry;

  VerifyBankcardFourFactor(Registry registry) {
    this.registry = registry;
  }

  @Override
  public Confirmed handle(Caller caller, Request request) {
    registry.require(
        caller.merchant(),
        Registry.Claim.of(request.realName(), request.idCard(), request.card(), request.mobile()));
    return new Confirmed();
  }
}
