package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.Disbursements;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Trade;
import io.tongbao.server.order.Ware;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * 单笔托管代付（简化版）: collected money goes to a seller's balance at once, or to a bank account of his.
 * Nobody confirms it. Specification §4.2.6.
 */
@Endpoint("OrderService.signalAgentPaySimplify") // sic
final class SignalAgentPaySimplify
    implements EscrowOperation<SignalAgentPaySimplify.Request, SignalAgentPaySimplify.Response> {

  record Request(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSetNo,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("payToBankCardInfo") @Nullable BankCardTarget target,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("splitRuleList") @Nullable JsonNode splitRuleList,
      @JsonProperty("goodsType") @Nullable Long goodsType,
      @JsonProperty("goodsNo") @Nullable String goodsNo,
      @JsonProperty("tradeCode") String tradeCode,
      @JsonProperty("summary") @Nullable String summary,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {
    Request {
      OrderFields.number("bizOrderNo", number);
      OrderFields.summary(summary);
      OrderFields.extendInfo(extendInfo);
    }
  }

  record Response(
      @JsonProperty("orderNo") String orderNo,
      @JsonProperty("payStatus") PayStatus payStatus,
      @JsonProperty("payFailMessage") @Nullable String failure,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {}

  private final DisbursementDrafts drafts;
  private final Disbursements disbursements;

  SignalAgentPaySimplify(DisbursementDrafts drafts, Disbursements disbursements) {
    this.drafts = drafts;
    this.disbursements = disbursements;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Trade trade = Trade.ofDisbursement(request.tradeCode());
    Ware ware = GoodsFields.ware(request.goodsType(), request.goodsNo());
    DisbursementDrafts.Item item =
        new DisbursementDrafts.Item(
            request.number(),
            request.member(),
            request.accountSetNo(),
            request.backUrl(),
            request.target(),
            request.amount(),
            request.fee(),
            request.splitRuleList(),
            request.summary(),
            request.extendInfo(),
            null);
    Order order =
        disbursements.open(
            merchant, drafts.draft(merchant, item, trade, ware, caller.digest()), caller.now());
    return new Response(
        order.orderNo(), status(order), order.failure(), order.number(), request.extendInfo());
  }

  private static PayStatus status(Order order) {
    return switch (order.state()) {
      case UNPAID, IN_PROGRESS -> PayStatus.PENDING;
      case SUCCEEDED, REFUNDED -> PayStatus.SUCCESS;
      case FAILED, CLOSED -> PayStatus.FAIL;
    };
  }
}
