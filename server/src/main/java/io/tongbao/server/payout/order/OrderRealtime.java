package io.tongbao.server.payout.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.member.CardBins;
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
 * 银行卡实时下单: a dealer orders a payout to a bank card. Taken in at once, paid later; the result comes
 * by notice or query. Specification §2.1 (1).
 */
@Endpoint({"POST /api/payment/v1/order-realtime", "POST /api/payment/v1/order-bankpay"})
final class OrderRealtime
    implements PayoutOperation<OrderRealtime.Request, OrderRealtime.Response> {

  record Request(
      @JsonProperty("order_id") String number,
      @JsonProperty("dealer_id") String dealer,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("card_no") Secret cardNo,
      @JsonProperty("phone_no") @Nullable Secret phone,
      @JsonProperty("id_card") @Nullable Secret idCard,
      @JsonProperty("pay") Money pay,
      @JsonProperty("anchor_id") @Nullable String anchorId,
      @JsonProperty("notes") @Nullable String notes,
      @JsonProperty("pay_remark") @Nullable String payRemark) {
    Request {
      OrderFields.check(number, broker);
      realName = OrderFields.name(realName);
      PayoutForms.bankCard(cardNo, "card_no");
      phone = OrderFields.phone(phone);
      idCard = OrderFields.idCard(idCard);
    }
  }

  record Response(
      @JsonProperty("order_id") String number,
      @JsonProperty("ref") String ref,
      @JsonProperty("pay") Money pay) {}

  private final CardBins bins;
  private final Payouts payouts;

  OrderRealtime(CardBins bins, Payouts payouts) {
    this.bins = bins;
    this.payouts = payouts;
  }

  @Override
  public Set<String> forbidden() {
    return Set.of("openid", "result", "created_at");
  }

  @Override
  public Response handle(Caller caller, Request request) {
    if (bins.find(request.cardNo()).isEmpty()) {
      throw Refusal.of(Reason.WRONG_CARD, "card_no");
    }
    Payout payout =
        payouts.accept(
            new PayoutDraft(
                caller.merchant(),
                request.number(),
                PayoutChannel.BANKCARD,
                request.broker(),
                new Payee(request.realName(), request.cardNo(), request.idCard(), request.phone()),
                request.pay(),
                OrderFields.words(request.anchorId(), request.notes(), request.payRemark()),
                caller.now()));
    return new Response(payout.number(), payout.ref(), payout.pay());
  }
}
