package io.tongbao.server.payout.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payout.PayoutOperation;
import java.time.LocalDate;

/** 查询日订单文件: where to fetch the orders of a day. Specification §2.2 (1). */
@Endpoint(value = "GET /api/dataservice/v1/order/downloadurl", reads = true)
final class GetOrderFile implements PayoutOperation<GetOrderFile.Request, GetOrderFile.Response> {

  record Request(@JsonProperty("order_date") LocalDate day) {}

  record Response(@JsonProperty("order_download_url") String url) {}

  private final OrderBook book;
  private final FileCounter counter;

  GetOrderFile(OrderBook book, FileCounter counter) {
    this.book = book;
    this.counter = counter;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    return new Response(counter.address(book, caller, request.day(), "order_date"));
  }
}
