package io.tongbao.server.payout.verification;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payout.PayoutOperation;

/**
 * 银行卡四要素请求鉴权: verifies a card, its owner and his phone, and sends the phone a code. Specification
 * §2.3 (1.1).
 */
@Endpoint("POST /authentication/verify-request")
final class VerifyRequest
    implements PayoutOperation<VerifyRequest.Request, VerifyRequest.Response> {

  record Request(
      @JsonProperty("card_no") Secret card,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("mobile") Secret mobile) {}

  record Response(@JsonProperty("ref") String ref) {}

  private final Registry registry;
  private final Captchas captchas;

  VerifyRequest(Registry registry, Captchas captchas) {
    this.registry = registry;
    this.captchas = captchas;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Registry.Claim claim =
        Registry.Claim.of(request.realName(), request.idCard(), request.card(), request.mobile());
    registry.require(caller.merchant(), claim);
    return new Response(captchas.send(caller.merchant(), claim, request.mobile(), caller.now()));
  }
}
