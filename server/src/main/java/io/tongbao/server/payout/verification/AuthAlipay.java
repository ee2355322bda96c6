package io.tongbao.server.payout.verification;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payout.PayoutOperation;

/** 支付宝授权: the text with which a phone's Alipay is asked for its user. Specification §2.3 (5). */
@Endpoint(value = "GET /api/payment/v1/auth-alipay", reads = true)
final class AuthAlipay implements PayoutOperation<AuthAlipay.Request, AuthAlipay.Response> {

  record Request(@JsonProperty("broker_id") String broker) {}

  record Response(@JsonProperty("info") String info) {}

  private final Brokers brokers;
  private final AlipayLogin login;

  AuthAlipay(Brokers brokers, AlipayLogin login) {
    this.brokers = brokers;
    this.login = login;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    brokers.find(caller.merchant(), request.broker());
    return new Response(login.info(caller.now()));
  }
}
