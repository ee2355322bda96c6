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
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.Draft;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Purchases;
import io.tongbao.server.order.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * 消费申请: a member asks to pay another, or the platform itself. Opens the order with its split tree;
 * money moves when the payer confirms or the channel reports. Specification §4.2.4.
 */
@Endpoint("OrderService.consumeApply")
final class ConsumeApply implements EscrowOperation<ConsumeApply.Request, OrderAnswer> {

  record Request(
      @JsonProperty("payerId") String payer,
      @JsonProperty("recieverId") String receiver, // sic
      @JsonProperty("fee") Money fee,
      @JsonProperty("splitRule") @Nullable JsonNode splitRule,
      @JsonUnwrapped PaymentTerms terms,
      @JsonUnwrapped GoodsWords goods) {}

  private final Members members;
  private final OrderDrafts drafts;
  private final Purchases purchases;

  ConsumeApply(Members members, OrderDrafts drafts, Purchases purchases) {
    this.members = members;
    this.drafts = drafts;
    this.purchases = purchases;
  }

  @Override
  public OrderAnswer handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Member payer = members.active(merchant, request.payer(), "payerId");
    long receiver = purchases.receiver(merchant, request.receiver());
    OrderDrafts.Matter matter =
        new OrderDrafts.Matter(Kind.PURCHASE, payer, receiver, request.fee());
    try {
      Draft draft = drafts.of(caller, matter, request.terms(), request.goods());
      List<Split> splits = SplitRules.read("splitRule", request.splitRule());
      return OrderAnswer.of(payer, purchases.open(draft, request.receiver(), splits));
    } catch (Refusal refusal) {
      throw refusal.calling("bizUserId", "payerId");
    }
  }
}
