package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.order.Collections;
import io.tongbao.server.order.Draft;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Trade;
import io.tongbao.server.order.Ware;
import org.jspecify.annotations.Nullable;

/**
 * 托管代收申请（简化版）: a buyer's money is to be taken into the intermediate account. Opens the order; money
 * moves when the payer confirms or the channel reports. Specification §4.2.5.
 */
@Endpoint("OrderService.agentCollectApplySimplify")
final class AgentCollectApplySimplify
    implements EscrowOperation<AgentCollectApplySimplify.Request, OrderAnswer> {

  record Request(
      @JsonProperty("payerId") String payer,
      @JsonProperty("goodsType") @Nullable Long goodsType,
      @JsonProperty("goodsNo") @Nullable String goodsNo,
      @JsonProperty("tradeCode") String tradeCode,
      @JsonProperty("fee") @Nullable Money fee,
      @JsonUnwrapped PaymentTerms terms,
      @JsonUnwrapped GoodsWords goods) {}

  private final Members members;
  private final OrderDrafts drafts;
  private final Collections collections;

  AgentCollectApplySimplify(Members members, OrderDrafts drafts, Collections collections) {
    this.members = members;
    this.drafts = drafts;
    this.collections = collections;
  }

  @Override
  public OrderAnswer handle(Caller caller, Request request) {
    Trade trade = Trade.ofCollection(request.tradeCode());
    Ware ware = GoodsFields.ware(request.goodsType(), request.goodsNo());
    Member payer = members.active(caller.merchant(), request.payer(), "payerId");
    Money fee = request.fee();
    OrderDrafts.Matter matter =
        new OrderDrafts.Matter(
            Kind.COLLECTION,
            payer,
            collections.receiver(caller.merchant()),
            fee == null ? Money.ZERO : fee);
    try {
      Draft draft = drafts.of(caller, matter, request.terms(), request.goods());
      return OrderAnswer.of(payer, collections.open(draft, trade, ware));
    } catch (Refusal refusal) {
      throw refusal.calling("bizUserId", "payerId");
    }
  }
}
