package io.tongbao.server.payout.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payout.PayoutOperation;
import java.util.List;

/**
 * 查询商户余额: what a dealer can spend with each of its brokers, by channel, and its rebate. Money that
 * is on its way out is left out. Specification §2.1 (6).
 */
@Endpoint(value = "GET /api/payment/v1/query-accounts", reads = true)
final class QueryAccounts
    implements PayoutOperation<QueryAccounts.Request, QueryAccounts.Response> {

  record Request(@JsonProperty("dealer_id") String dealer) {}

  record Response(@JsonProperty("dealer_infos") List<Info> infos) {
    Response {
      infos = List.copyOf(infos);
    }
  }

  record Info(
      @JsonProperty("broker_id") String broker,
      @JsonProperty("bank_card_balance") Money bankCard,
      @JsonProperty("is_bank_card") boolean isBankCard,
      @JsonProperty("alipay_balance") Money alipay,
      @JsonProperty("is_alipay") boolean isAlipay,
      @JsonProperty("wxpay_balance") Money wxpay,
      @JsonProperty("is_wxpay") boolean isWxpay,
      @JsonProperty("rebate_fee_balance") Money rebate) {}

  private final Brokers brokers;

  QueryAccounts(Brokers brokers) {
    this.brokers = brokers;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    return new Response(brokers.all(caller.merchant()).stream().map(this::info).toList());
  }

  private Info info(Broker broker) {
    Brokers.Balances balances = brokers.balances(broker);
    return new Info(
        broker.code(),
        balances.bankcard(),
        broker.opens(PayoutChannel.BANKCARD),
        balances.alipay(),
        broker.opens(PayoutChannel.ALIPAY),
        balances.wxpay(),
        broker.opens(PayoutChannel.WXPAY),
        balances.rebate());
  }
}
