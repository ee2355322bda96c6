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
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * 查询、修改商品: says what was entered of a bid; dates that are given take the place of the entered ones
 * first. Specification §4.2.14.
 */
@Endpoint("OrderService.queryModifyGoods")
final class QueryModifyGoods
    implements EscrowOperation<QueryModifyGoods.Request, QueryModifyGoods.Response> {

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizGoodsNo") String number,
      @JsonProperty("goodsType") Long goodsType,
      @JsonProperty("beginDate") @Nullable LocalDate beginDate,
      @JsonProperty("endDate") @Nullable LocalDate endDate) {}

  record Response(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizGoodsNo") String number,
      @JsonProperty("goodsType") Long goodsType,
      @JsonProperty("goodsName") String name,
      @JsonProperty("goodsDetail") @Nullable String detail,
      @JsonProperty("showUrl") @Nullable String showUrl,
      @JsonProperty("goodsParams") GoodsParams params) {}

  private final Members members;
  private final Bids bids;

  QueryModifyGoods(Members members, Bids bids) {
    this.members = members;
    this.bids = bids;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member borrower = members.active(caller.merchant(), request.member());
    if (request.goodsType() != Ware.BID) {
      throw Refusal.of(Reason.GOODS_UNKNOWN, "goodsType");
    }
    Bid bid = bids.require(caller.merchant(), request.number(), "bizGoodsNo");
    if (bid.member() != borrower.id()) {
      throw Refusal.of(Reason.ORDER_OF_ANOTHER_MEMBER, "bizUserId");
    }
    if (request.beginDate() != null || request.endDate() != null) {
      bid = bids.date(caller.merchant(), bid, request.beginDate(), request.endDate(), caller.now());
    }
    return new Response(
        borrower.bizUserId(),
        bid.number(),
        request.goodsType(),
        bid.name(),
        bid.detail(),
        bid.showUrl(),
        GoodsParams.of(bid.terms()));
  }
}
