package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.notice.NoticeUrls;
import io.tongbao.server.order.AccountSets;
import io.tongbao.server.order.Checkout;
import io.tongbao.server.order.Confirmation;
import io.tongbao.server.order.Draft;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Order;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * 充值申请: a member asks to put money in. Opens the order and says how to pay; money moves when the
 * channel confirms. Specification §4.2.2.
 */
@Endpoint("OrderService.depositApply")
final class DepositApply implements EscrowOperation<DepositApply.Request, DepositApply.Response> {

  record Request(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSetNo,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("validateType") @Nullable ValidateType validateType,
      @JsonProperty("frontUrl") @Nullable String frontUrl,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("ordErexpireDatetime") @Nullable Instant expiresAt, // sic
      @JsonProperty("payMethod") PayMethod payMethod,
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

  /** {@code payStatus} is told where there is nothing to confirm with us. */
  record Response(
      @JsonProperty("orderNo") String orderNo,
      @JsonProperty("payStatus") @Nullable PayStatus payStatus,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {}

  private final Members members;
  private final AccountSets sets;
  private final NoticeUrls urls;
  private final Checkout checkout;

  DepositApply(Members members, AccountSets sets, NoticeUrls urls, Checkout checkout) {
    this.members = members;
    this.sets = sets;
    this.urls = urls;
    this.checkout = checkout;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Member member = members.require(merchant, request.member());
    sets.requireMembers(merchant, request.accountSetNo());
    Order order =
        checkout.open(
            new Draft(
                merchant,
                member,
                Kind.DEPOSIT,
                request.number(),
                member.account(),
                request.amount(),
                request.fee(),
                ValidateType.confirmation(request.validateType()),
                request.payMethod().tenders(),
                request.expiresAt(),
                terms(merchant, request),
                caller.digest(),
                caller.now()));
    boolean unproven = order.confirmation() == Confirmation.NONE;
    return new Response(
        order.orderNo(),
        unproven ? PayStatus.PENDING : null,
        member.bizUserId(),
        order.number(),
        request.extendInfo());
  }

  private Order.Terms terms(Merchant merchant, Request request) {
    String frontUrl = request.frontUrl();
    return new Order.Terms(
        urls.check(merchant, request.backUrl(), "backUrl"),
        frontUrl == null ? null : urls.check(merchant, frontUrl, "frontUrl"),
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
