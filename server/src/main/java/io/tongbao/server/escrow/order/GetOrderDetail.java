package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Orders;
import io.tongbao.server.order.State;

/** 查询订单状态. Specification §4.2.21. */
@Endpoint(value = "OrderService.getOrderDetail", reads = true)
final class GetOrderDetail
    implements EscrowOperation<GetOrderDetail.Request, GetOrderDetail.Response> {

  record Request(
      @JsonProperty("bizUserId") String member, @JsonProperty("bizOrderNo") String number) {}

  record Response(@JsonProperty("orderStatus") OrderStatus status) {}

  private final Members members;
  private final Orders orders;

  GetOrderDetail(Members members, Orders orders) {
    this.members = members;
    this.orders = orders;
  }

  /** An unpaid order whose time is over is closed, also before its row says so. */
  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.member());
    Order order = orders.require(caller.merchant(), member.id(), request.number());
    boolean over = order.state() == State.UNPAID && !caller.now().isBefore(order.expiresAt());
    return new Response(OrderStatus.of(over ? State.CLOSED : order.state()));
  }
}
