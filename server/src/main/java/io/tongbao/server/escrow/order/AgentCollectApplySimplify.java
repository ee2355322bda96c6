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
import io.tongbao.server.order.Collections;
import io.tongbao.server.order.Confirmation;
import io.tongbao.server.order.Draft;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Trade;
import io.tongbao.server.order.Ware;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * 托管代收申请（简化版）: a buyer's money is to be taken into the intermediate account. Opens the order; money
 * moves when the payer confirms. Specification §4.2.5.
 */
@Endpoint("OrderService.agentCollectApplySimplify")
final class AgentCollectApplySimplify
    implements EscrowOperation<
        AgentCollectApplySimplify.Request, AgentCollectApplySimplify.Response> {

  record Request(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("payerId") String payer,
      @JsonProperty("goodsType") @Nullable Long goodsType,
      @JsonProperty("goodsNo") @Nullable String goodsNo,
      @JsonProperty("tradeCode") String tradeCode,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") @Nullable Money fee,
      @JsonProperty("validateType") @Nullable ValidateType validateType,
      @JsonProperty("frontUrl") @Nullable String frontUrl,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("ordErexpireDatetime") @Nullable Instant expiresAt, // sic
      @JsonProperty("payMethod") PayMethod payMethod,
      @JsonProperty("goodsName") @Nullable String goodsName,
      @JsonProperty("goodsDesc") @Nullable String goodsDesc,
      @JsonProperty("industryCode") String industryCode,
      @JsonProperty("industryName") String industryName,
      @JsonProperty("source") Source source,
      @JsonProperty("summary") @Nullable String summary,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {
    Request {
      OrderFields.number("bizOrderNo", number);
      OrderFields.industry(industryCode, industryName);
      GoodsFields.describe(goodsName, goodsDesc);
      OrderFields.summary(summary);
      OrderFields.extendInfo(extendInfo);
    }
  }

  /** {@code payStatus} is told where there is nothing to confirm with us. */
  record Response(
      @JsonProperty("orderNo") String orderNo,
      @JsonProperty("payStatus") @Nullable PayStatus payStatus,
      @JsonProperty("bizUserId") String payer,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {}

  private final Members members;
  private final NoticeUrls urls;
  private final Collections collections;

  AgentCollectApplySimplify(Members members, NoticeUrls urls, Collections collections) {
    this.members = members;
    this.urls = urls;
    this.collections = collections;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Trade trade = Trade.ofCollection(request.tradeCode());
    Ware ware = GoodsFields.ware(request.goodsType(), request.goodsNo());
    Member payer = members.active(merchant, request.payer());
    Money fee = request.fee();
    Draft draft =
        new Draft(
            merchant,
            payer,
            Kind.COLLECTION,
            request.number(),
            collections.receiver(merchant),
            request.amount(),
            fee == null ? Money.ZERO : fee,
            ValidateType.confirmation(request.validateType()),
            request.payMethod().tenders(),
            request.expiresAt(),
            terms(merchant, request),
            caller.digest(),
            caller.now());
    Order order = collections.open(draft, trade, ware);
    boolean unproven = order.confirmation() == Confirmation.NONE;
    return new Response(
        order.orderNo(),
        unproven ? PayStatus.PENDING : null,
        payer.bizUserId(),
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
        request.goodsName(),
        request.goodsDesc(),
        null);
  }
}
