package io.tongbao.server.payout.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payment.Payee;
import io.tongbao.server.payment.Payout;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.Payouts;
import io.tongbao.server.payout.PayoutOperation;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * 查询一个订单: how a payout stands. Without a channel a bank card's is meant; one of another channel is
 * 2011, none at all 2018. The encrypted form is the envelope's. Clients that took the channel's
 * name out of the printed page send 银⾏卡 with a radical (U+2F8F) for 行. Specification §2.1 (4).
 */
@Endpoint(
    value = {"GET /api/payment/v1/query-realtime-order", "GET /api/payment/v1/query-order"},
    reads = true)
final class QueryRealtimeOrder
    implements PayoutOperation<QueryRealtimeOrder.Request, QueryRealtimeOrder.Response> {

  record Request(
      @JsonProperty("order_id") String number,
      @JsonProperty("channel") @Nullable String channel,
      @JsonProperty("data_type") @Nullable String dataType) {
    Request {
      channel = channel == null ? null : Normalizer.normalize(channel, Normalizer.Form.NFKC);
      if (dataType != null && !dataType.equals("encryption")) {
        throw Refusal.of(Reason.BAD_FIELD, "data_type");
      }
    }
  }

  record Response(
      @JsonProperty("pay") Money pay,
      @JsonProperty("anchor_id") String anchorId,
      @JsonProperty("broker_amount") String brokerAmount,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("card_no") Secret account,
      @JsonProperty("dealer_id") String dealer,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("order_id") String number,
      @JsonProperty("phone_no") Secret phone,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("ref") String ref,
      @JsonProperty("notes") String notes,
      @JsonProperty("status") int status,
      @JsonProperty("status_detail") int detail,
      @JsonProperty("status_message") String statusWords,
      @JsonProperty("status_detail_message") String detailWords,
      @JsonProperty("sys_amount") String systemAmount,
      @JsonProperty("pay_remark") String payRemark,
      @JsonProperty("tax") String tax,
      @JsonProperty("tax_level") String taxLevel,
      @JsonProperty("created_at") String createdAt,
      @JsonProperty("finished_time") String finishedAt) {

    static Response of(Payout payout, String dealer) {
      Payee payee = payout.payee();
      return new Response(
          payout.pay(),
          OrderWords.orEmpty(payout.words().anchorId()),
          OrderWords.brokerAmount(payout),
          payout.brokerCode(),
          payee.account(),
          dealer,
          OrderWords.idCard(payee),
          payout.number(),
          OrderWords.orEmpty(payee.phone()),
          OrderWords.orEmpty(payee.name()),
          payout.ref(),
          OrderWords.orEmpty(payout.words().notes()),
          payout.status().code(),
          payout.detail().code(),
          payout.status().words(),
          payout.detailWords(),
          OrderWords.systemAmount(payout),
          OrderWords.orEmpty(payout.words().payRemark()),
          OrderWords.NO_AMOUNT,
          "",
          OrderWords.time(payout.createdAt()),
          OrderWords.time(payout.finishedAt()));
    }
  }

  private final Payouts payouts;

  QueryRealtimeOrder(Payouts payouts) {
    this.payouts = payouts;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    PayoutChannel channel =
        request.channel() == null
            ? PayoutChannel.BANKCARD
            : PayoutChannel.ofWords(request.channel())
                .orElseThrow(() -> Refusal.of(Reason.BAD_FIELD, "channel"));
    Payout payout =
        payouts
            .find(caller.merchant(), request.number())
            .orElseThrow(() -> Refusal.of(Reason.ORDER_UNKNOWN, "order_id"));
    if (payout.channel() != channel) {
      throw Refusal.of(Reason.ORDER_WRONG, "channel");
    }
    return Response.of(payout, caller.merchant().code());
  }
}
