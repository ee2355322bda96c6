package io.tongbao.server.payout.verification;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payout.PayoutOperation;

/** 银行卡三要素验证: whether the card is that person's. Specification §2.3 (3). */
@Endpoint(value = "POST /authentication/verify-bankcard-three-factor", reads = true)
final class VerifyBankcardThreeFactor
    implements PayoutOperation<VerifyBankcardThreeFactor.Request, Confirmed> {

  record Request(
      @JsonProperty("card_no") Secret card,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("real_name") Secret realName) {}

  private final Registry registry;

  VerifyBankcardThreeFactor(Registry registry) {
    this.registry = registry;
  }

  @Override
  public Confirmed handle(Caller caller, Request request) {
    registry.require(
        caller.merchant(),
        Registry.Claim.of(request.realName(), request.idCard(), request.card(), null));
    return new Confirmed();
  }
}
