package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tongbao.kernel.Money;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.order.AccountSets;
import io.tongbao.server.order.Draft;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Openings;

/**
 * 充值申请: a member asks to put money in. Opens the order and says how to pay; money moves when the
 * channel confirms. Specification §4.2.2.
 */
@Endpoint("OrderService.depositApply")
final class DepositApply implements EscrowOperation<DepositApply.Request, OrderAnswer> {

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSetNo,
      @JsonProperty("fee") Money fee,
      @JsonUnwrapped PaymentTerms terms) {}

  private final Members members;
  private final AccountSets sets;
  private final OrderDrafts drafts;
  private final Openings openings;

  DepositApply(Members members, AccountSets sets, OrderDrafts drafts, Openings openings) {
    this.members = members;
    this.sets = sets;
    this.drafts = drafts;
    this.openings = openings;
  }

  @Override
  public OrderAnswer handle(Caller caller, Request request) {
    Member member = members.require(caller.merchant(), request.member());
    sets.requireMembers(caller.merchant(), request.accountSetNo());
    OrderDrafts.Matter matter =
        new OrderDrafts.Matter(Kind.DEPOSIT, member, member.account(), request.fee());
    Draft draft = drafts.of(caller, matter, request.terms(), GoodsWords.NONE);
    return OrderAnswer.of(member, openings.open(draft));
  }
}
