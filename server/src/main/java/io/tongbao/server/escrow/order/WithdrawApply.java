package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.notice.NoticeUrls;
import io.tongbao.server.order.AccountSets;
import io.tongbao.server.order.Draft;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Payee;
import io.tongbao.server.order.Withdrawals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 提现申请: a member asks for his money at his bank. Opens the order; the money is set aside when he
 * confirms. Specification §4.2.3.
 */
@Endpoint("OrderService.withdrawApply")
final class WithdrawApply
    implements EscrowOperation<WithdrawApply.Request, WithdrawApply.Response> {

  record Request(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSetNo,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("validateType") @Nullable ValidateType validateType,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("ordErexpireDatetime") @Nullable Instant expiresAt, // sic
      @JsonProperty("payMethod") @Nullable WithdrawMethod payMethod,
      @JsonProperty("bankCardNo") Secret bankCardNumber,
      @JsonProperty("bankCardPro") @Nullable BankAccountKind bankCardKind,
      @JsonProperty("withdrawType") @Nullable WithdrawType withdrawType,
      @JsonProperty("industryCode") String industryCode,
      @JsonProperty("industryName") String industryName,
      @JsonProperty("source") Source source,
      @JsonProperty("summary") @Nullable String summary,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {
    Request {
      OrderFields.number("bizOrderNo", number);
      OrderFields.industry(industryCode, industryName);
      OrderFields.summary(summary);
      OrderFields.extendInfo(extendInfo);
    }
  }

  record Response(
      @JsonProperty("orderNo") String orderNo,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {}

  private final Members members;
  private final AccountSets sets;
  private final NoticeUrls urls;
  private final Payee.Book payees;
  private final Withdrawals withdrawals;

  WithdrawApply(
      Members members,
      AccountSets sets,
      NoticeUrls urls,
      Payee.Book payees,
      Withdrawals withdrawals) {
    this.members = members;
    this.sets = sets;
    this.urls = urls;
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
    Order order =
        withdrawals.open(
            new Draft(
                merchant,
                member,
                Kind.WITHDRAWAL,
                request.number(),
                member.account(),
                request.amount(),
                request.fee(),
                ValidateType.confirmation(request.validateType()),
                List.of(),
                request.expiresAt(),
                terms(merchant, request),
                caller.digest(),
                caller.now()),
            payee,
            WithdrawType.speed(request.withdrawType()));
    return new Response(order.orderNo(), member.bizUserId(), order.number(), request.extendInfo());
  }

  private Payee payee(Merchant merchant, Member member, Request request) {
    String unionBank = WithdrawMethod.unionBank(request.payMethod());
    return request.bankCardKind() == BankAccountKind.COMPANY_ACCOUNT
        ? payees.ownAccount(member, request.bankCardNumber(), unionBank)
        : payees.card(merchant, member, request.bankCardNumber(), unionBank);
  }

  private Order.Terms terms(Merchant merchant, Request request) {
    return new Order.Terms(
        urls.check(merchant, request.backUrl(), "backUrl"),
        null,
        request.summary(),
        request.extendInfo(),
        request.industryCode(),
        request.industryName(),
        request.source().number(),
        null,
        null,
        null);
  }
}
