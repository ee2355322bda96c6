package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.AccountSets;
import io.tongbao.server.order.Freezes;

/** 冻结金额: part of a member's balance is set aside. Specification §4.2.15. */
@Endpoint("OrderService.freezeMoney")
final class FreezeMoney implements EscrowOperation<FreezeMoney.Request, FreezeMoney.Response> {

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizFreezenNo") String number, // sic
      @JsonProperty("accountSetNo") String accountSetNo,
      @JsonProperty("amount") Money amount) {
    Request {
      OrderFields.number("bizFreezenNo", number);
    }
  }

  record Response(
      @JsonProperty("bizFreezenNo") String number, @JsonProperty("amount") Money amount) {}

  private final Members members;
  private final AccountSets sets;
  private final Freezes freezes;

  FreezeMoney(Members members, AccountSets sets, Freezes freezes) {
    this.members = members;
    this.sets = sets;
    this.freezes = freezes;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Member member = members.active(merchant, request.member());
    sets.requireMembers(merchant, request.accountSetNo());
    freezes.freeze(
        merchant, member, request.number(), request.amount(), caller.digest(), caller.now());
    return new Response(request.number(), request.amount());
  }
}
