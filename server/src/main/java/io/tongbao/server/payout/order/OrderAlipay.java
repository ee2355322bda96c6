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

/**
 * 支付宝实时下单: a dealer orders a payout to an Alipay account. A name may be missing where the account
 * is a USERID (chapter 2, section 1). Specification §2.1 (2).
 */
@Endpoint("POST /api/payment/v1/order-alipay")
final class OrderAlipay implements PayoutOperation<OrderAlipay.Request, OrderAlipay.Response> {

  record Request(
      @JsonProperty("order_id") String number,
      @JsonProperty("dealer_id") String dealer,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") @Nullable Secret realName,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("card_no") Secret account,
      @JsonProperty("pay") Money pay,
      @JsonProperty("anchor_id") @Nullable String anchorId,
      @JsonProperty("notes") @Nullable String notes,
      @JsonProperty("pay_remark") @Nullable String payRemark) {
    Request {
      OrderFields.check(number, broker);
      realName = OrderFields.name(realName);
      idCard = OrderFields.idCard(idCard);
      PayoutForms.alipayAccount(account, "card_no");
    }
  }

  record Response(
      @JsonProperty("pay") Money pay,
      @JsonProperty("ref") String ref,
      @JsonProperty("order_id") String number) {}

  private final Payouts payouts;

  OrderAlipay(Payouts payouts) {
    this.payouts = payouts;
  }

  @Override
  public Set<String> forbidden() {
    return Set.of("openid", "result", "created_at");
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Payout payout =
        payouts.accept(
            new PayoutDraft(
                caller.merchant(),
                request.number(),
                PayoutChannel.ALIPAY,
                request.broker(),
                new Payee(request.realName(), request.account(), request.idCard(), null),
                request.pay(),
                OrderFields.words(request.anchorId(), request.notes(), request.payRemark()),
                caller.now()));
    return new Response(payout.pay(), payout.ref(), payout.number());
  }
}
