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
import io.tongbao.server.order.Confirmation;
import io.tongbao.server.order.Draft;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Purchases;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * 消费申请: a member asks to pay another, or the platform itself. Opens the order with its split tree;
 * money moves when the payer confirms. Specification §4.2.4.
 */
@Endpoint("OrderService.consumeApply")
final class ConsumeApply implements EscrowOperation<ConsumeApply.Request, ConsumeApply.Response> {

  record Request(
      @JsonProperty("payerId") String payer,
      @JsonProperty("recieverId") String receiver, // sic
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("validateType") @Nullable ValidateType validateType,
      @JsonProperty("splitRule") @Nullable JsonNode splitRule,
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
  private final Purchases purchases;

  ConsumeApply(Members members, NoticeUrls urls, Purchases purchases) {
    this.members = members;
    this.urls = urls;
    this.purchases = purchases;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Member payer = members.active(merchant, request.payer());
    Draft draft =
        new Draft(
            merchant,
            payer,
            Kind.PURCHASE,
            request.number(),
            purchases.receiver(merchant, request.receiver()),
            request.amount(),
            request.fee(),
            ValidateType.confirmation(request.validateType()),
            request.payMethod().tenders(),
            request.expiresAt(),
            terms(merchant, request),
            caller.digest(),
            caller.now());
    Order order =
        purchases.open(
            draft, request.receiver(), SplitRules.read("splitRule", request.splitRule()));
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
