package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.order.BidRefunds;
import io.tongbao.server.order.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 流标专用退款: the investments of a bid that failed go back to the investors' balances, all of the list
 * or none. Specification §4.2.18.
 */
@Endpoint("OrderService.failureBidRefund")
final class FailureBidRefund
    implements EscrowOperation<FailureBidRefund.Request, FailureBidRefund.Response> {

  record Request(
      @JsonProperty("bizBatchNo") String batch,
      @JsonProperty("goodsType") Long goodsType,
      @JsonProperty("goodsNo") String goodsNo,
      @JsonProperty("batchRefundList") List<Item> items) {
    Request {
      OrderFields.number("bizBatchNo", batch);
    }
  }

  /** 流标退款. §5.13. */
  record Item(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("oriBizOrderNo") String original,
      @JsonProperty("summary") @Nullable String summary,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {
    Item {
      OrderFields.number("bizOrderNo", number);
      OrderFields.number("oriBizOrderNo", original);
      OrderFields.summary(summary);
      OrderFields.extendInfo(extendInfo);
    }
  }

  record Response(@JsonProperty("orderNoList") List<Pair> orderNoList) {}

  /** 商户订单号和云账户订单号的对照. */
  record Pair(@JsonProperty("orderNo") String orderNo, @JsonProperty("bizOrderNo") String number) {}

  private final BidRefunds refunds;

  FailureBidRefund(BidRefunds refunds) {
    this.refunds = refunds;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    List<BidRefunds.Item> items =
        request.items().stream()
            .map(item -> new BidRefunds.Item(item.number(), item.original(), terms(request, item)))
            .toList();
    List<Order> orders =
        refunds.open(
            caller.merchant(),
            request.batch(),
            GoodsFields.ware(request.goodsType(), request.goodsNo()),
            items,
            caller.digest(),
            caller.now());
    return new Response(
        orders.stream().map(order -> new Pair(order.orderNo(), order.number())).toList());
  }

  private static Order.Terms terms(Request request, Item item) {
    return new Order.Terms(
        null,
        null,
        item.summary(),
        item.extendInfo(),
        null,
        null,
        null,
        null,
        null,
        request.batch());
  }
}
