package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.order.Bid;
import io.tongbao.server.order.Bids;
import io.tongbao.server.order.Ware;
import org.jspecify.annotations.Nullable;

/**
 * 商品录入: a borrower's bid is entered, so that members can invest in it. Other goods need no entry
 * (§6.6) and have none. Specification §4.2.13.
 */
@Endpoint("OrderService.entryGoods")
final class EntryGoods implements EscrowOperation<EntryGoods.Request, EntryGoods.Response> {
  private static final int NAME = 200;
  private static final int DETAIL = 2_000;
  private static final int URL = 500;

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("goodsType") Long goodsType,
      @JsonProperty("bizGoodsNo") String number,
      @JsonProperty("goodsName") String name,
      @JsonProperty("goodsDetail") @Nullable String detail,
      @JsonProperty("goodsParams") GoodsParams params,
      @JsonProperty("showUrl") @Nullable String showUrl) {
    Request {
      if (goodsType != Ware.BID) {
        throw Refusal.of(Reason.GOODS_ENTRY_FAILED, "goodsType");
      }
      OrderFields.number("bizGoodsNo", number);
      OrderFields.text("goodsName", name, NAME);
      OrderFields.lines("goodsDetail", detail, DETAIL);
      OrderFields.text("showUrl", showUrl, URL);
    }
  }

  record Response(
      @JsonProperty("goodsNo") String goodsNo, @JsonProperty("bizGoodsNo") String number) {}

  private final Members members;
  private final Bids bids;

  EntryGoods(Members members, Bids bids) {
    this.members = members;
    this.bids = bids;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member borrower = members.active(caller.merchant(), request.member());
    Bid bid =
        bids.enter(
            caller.merchant(),
            borrower,
            new Bids.Entry(request.number(), request.name(), request.detail(), request.showUrl()),
            request.params().terms(),
            caller.now());
    return new Response(bid.goodsNo(), bid.number());
  }
}
