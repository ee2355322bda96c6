package io.tongbao.server.payout.verification;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payout.PayoutOperation;

/** 身份证实名验证: whether a person of that name has that identity number. Specification §2.3 (4). */
@Endpoint(value = "POST /authentication/verify-id", reads = true)
final class VerifyId implements PayoutOperation<VerifyId.Request, Confirmed> {

  record Request(
      @JsonProperty("id_card") Secret idCard, @JsonProperty("real_name") Secret realName) {}

  private final Registry registry;

  VerifyId(Registry registry) {
    this.registry = registry;
  }

  @Override
  public Confirmed handle(Caller caller, Request request) {
    registry.require(
        caller.merchant(), Registry.Claim.of(request.realName(), request.idCard(), null, null));
    return new Confirmed();
  }
}
