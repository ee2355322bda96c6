package io.tongbao.server.payout.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payment.Payee;
import io.tongbao.server.payment.Payout;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.PayoutDraft;
import io.tongbao.server.payment.Payouts;
import io.tongbao.server.payout.PayoutForms;
import io.tongbao.server.payout.PayoutOperation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** 微信支付实时下单: a dealer orders a payout by WeChat's red packets. Specification §2.1 (3). */
@Endpoint("POST /api/payment/v1/order-wxpay")
final class OrderWxpay implements PayoutOperation<OrderWxpay.Request, OrderWxpay.Response> {

  record Request(
      @JsonProperty("order_id") String number,
      @JsonProperty("dealer_id") String dealer,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("openid") Secret openid,
      @JsonProperty("pay") Money pay,
      @JsonProperty("anchor_id") @Nullable String anchorId,
      @JsonProperty("notes") @Nullable String notes,
      @JsonProperty("pay_remark") @Nullable String payRemark) {
    Request {
      OrderFields.check(number, broker);
      realName = OrderFields.name(realName);
      idCard = OrderFields.idCard(idCard);
      PayoutForms.openid(openid.reveal(), "openid");
    }
  }

  record Response(
      @JsonProperty("pay") Money pay,
      @JsonProperty("ref") String ref,
      @JsonProperty("order_id") String number) {}

  private final Payouts payouts;

  OrderWxpay(Payouts payouts) {
    this.payouts = payouts;
  }

  @Override
  public Set<String> forbidden() {
    return Set.of("card_no", "result", "created_at");
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Payout payout =
        payouts.accept(
            new PayoutDraft(
                caller.merchant(),
                request.number(),
                PayoutChannel.WXPAY,
                request.broker(),
                new Payee(request.realName(), request.openid(), request.idCard(), null),
                request.pay(),
                OrderFields.words(request.anchorId(), request.notes(), request.payRemark()),
                caller.now()));
    return new Response(payout.pay(), payout.ref(), payout.number());
  }
}
