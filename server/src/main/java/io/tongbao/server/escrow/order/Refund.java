package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.notice.NoticeUrls;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.RefundDraft;
import io.tongbao.server.order.Refunds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 退款: a purchase or collection is given back, in whole or in part. Balances have it at once; a
 * channel's part follows when the channel says so. Specification §4.2.17.
 */
@Endpoint("OrderService.refund")
final class Refund implements EscrowOperation<Refund.Request, Refund.Response> {

  record Request(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("oriBizOrderNo") String original,
      @JsonProperty("bizUserId") String payer,
      @JsonProperty("refundList") @Nullable List<Receiver> refundList,
      @JsonProperty("backUrl") @Nullable String backUrl,
      @JsonProperty("amount") Money amount,
      @JsonProperty("couponAmount") @Nullable Money couponAmount,
      @JsonProperty("feeAmount") @Nullable Money feeAmount) {
    Request {
      OrderFields.number("bizOrderNo", number);
      if (!amount.isPositive()) {
        throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "amount");
      }
      checkList(refundList, amount.minus(orZero(feeAmount)));
    }
  }

  /** 退款列表: what the receivers of a collection of the long form give back. §5.10. */
  record Receiver(@JsonProperty("bizUserId") String member, @JsonProperty("amount") Money amount) {
    Receiver {
      if (!amount.isPositive()) {
        throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "amount");
      }
    }
  }

  record Response(
      @JsonProperty("orderNo") String orderNo,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("amount") Money amount,
      @JsonProperty("couponAmount") @Nullable Money couponAmount,
      @JsonProperty("feeAmount") @Nullable Money feeAmount) {}

  private final Members members;
  private final NoticeUrls urls;
  private final Refunds refunds;

  Refund(Members members, NoticeUrls urls, Refunds refunds) {
    this.members = members;
    this.urls = urls;
    this.refunds = refunds;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Member payer = members.active(merchant, request.payer());
    requireReceivers(merchant, request.refundList());
    String backUrl = request.backUrl();
    Order.Terms terms =
        new Order.Terms(
            backUrl == null ? null : urls.check(merchant, backUrl, "backUrl"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    Order order =
        refunds.open(
            merchant,
            new RefundDraft(
                request.number(),
                request.original(),
                payer,
                request.amount(),
                orZero(request.couponAmount()),
                orZero(request.feeAmount()),
                terms,
                caller.digest()),
            caller.now());
    return new Response(
        order.orderNo(),
        order.number(),
        order.amount(),
        request.couponAmount(),
        request.feeAmount());
  }

  private void requireReceivers(Merchant merchant, @Nullable List<Receiver> list) {
    for (int i = 0; list != null && i < list.size(); i++) {
      members.require(merchant, list.get(i).member(), "refundList[" + i + "].bizUserId");
    }
  }

  /**
   * Collections here are of the short form and have no list of receivers; one must fit at least.
   */
  private static void checkList(@Nullable List<Receiver> list, Money borne) {
    if (list == null) {
      return;
    }
    Money sum = list.stream().map(Receiver::amount).reduce(Money.ZERO, Money::plus);
    if (!sum.equals(borne)) {
      throw Refusal.of(Reason.WRONG_ORDER_AMOUNT, "refundList");
    }
  }

  private static Money orZero(@Nullable Money amount) {
    return amount == null ? Money.ZERO : amount;
  }
}
