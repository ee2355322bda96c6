package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.AccountSets;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Payee;
import io.tongbao.server.order.Withdrawals;
import org.jspecify.annotations.Nullable;

/**
 * 提现申请: a member asks for his money at his bank. Opens the order; the money is set aside when he
 * confirms. Specification §4.2.3.
 */
@Endpoint("OrderService.withdrawApply")
final class WithdrawApply
    implements EscrowOperation<WithdrawApply.Request, WithdrawApply.Response> {

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSetNo,
      @JsonProperty("fee") Money fee,
      @JsonProperty("payMethod") @Nullable WithdrawMethod payMethod,
      @JsonProperty("bankCardNo") Secret bankCardNumber,
      @JsonProperty("bankCardPro") @Nullable BankAccountKind bankCardKind,
      @JsonProperty("withdrawType") @Nullable WithdrawType withdrawType,
      @JsonUnwrapped OrderTerms terms) {}

  record Response(
      @JsonProperty("orderNo") String orderNo,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {}

  private final Members members;
  private final AccountSets sets;
  private final OrderDrafts drafts;
  private final Payee.Book payees;
  private final Withdrawals withdrawals;

  WithdrawApply(
      Members members,
      AccountSets sets,
      OrderDrafts drafts,
      Payee.Book payees,
      Withdrawals withdrawals) {
    this.members = members;
    this.sets = sets;
    this.drafts = drafts;
    this.payees = payees;
    this.withdrawals = withdrawals;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Member member = members.require(merchant, request.member()).requireActive();
    member.requirePhone();
    member.requireProved();
    sets.requireMembers(merchant, request.accountSetNo());
    Payee payee = payee(merchant, member, request);
    OrderDrafts.Matter matter =
        new OrderDrafts.Matter(Kind.WITHDRAWAL, member, member.account(), request.fee());
    Order order =
        withdrawals.open(
            drafts.of(caller, matter, request.terms()),
            payee,
            WithdrawType.speed(request.withdrawType()));
    return new Response(
        order.orderNo(), member.bizUserId(), order.number(), order.terms().extendInfo());
  }

  private Payee payee(Merchant merchant, Member member, Request request) {
    String unionBank = WithdrawMethod.unionBank(request.payMethod());
    return request.bankCardKind() == BankAccountKind.COMPANY_ACCOUNT
        ? payees.ownAccount(member, request.bankCardNumber(), unionBank)
        : payees.card(merchant, member, request.bankCardNumber(), unionBank);
  }
}
