package io.tongbao.server.payout.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payout.PayoutOperation;
import java.time.LocalDate;

/** 查询日流水文件: where to fetch the bill of a day. Specification §2.2 (2). */
@Endpoint(value = "GET /api/dataservice/v1/bill/downloadurl", reads = true)
final class GetBill implements PayoutOperation<GetBill.Request, GetBill.Response> {

  record Request(@JsonProperty("bill_date") LocalDate day) {}

  record Response(@JsonProperty("bill_download_url") String url) {}

  private final BillBook book;
  private final FileCounter counter;

  GetBill(BillBook book, FileCounter counter) {
    this.book = book;
    this.counter = counter;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    return new Response(counter.address(book, caller, request.day(), "bill_date"));
  }
}
