package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.DisbursementBatches;
import io.tongbao.server.order.DisbursementDraft;
import io.tongbao.server.order.Trade;
import io.tongbao.server.order.Ware;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * 批量托管代付（简化版）: many disbursements of the same goods and trade code. Takes the list in, whole;
 * notices say what becomes of each item. Specification §4.2.7.
 */
@Endpoint("OrderService.batchAgentPaySimplify")
final class BatchAgentPaySimplify
    implements EscrowOperation<BatchAgentPaySimplify.Request, BatchAgentPaySimplify.Response> {

  record Request(
      @JsonProperty("bizBatchNo") String batch,
      @JsonProperty("batchPayList") List<Item> items,
      @JsonProperty("goodsType") @Nullable Long goodsType,
      @JsonProperty("goodsNo") @Nullable String goodsNo,
      @JsonProperty("tradeCode") String tradeCode) {
    Request {
      OrderFields.number("bizBatchNo", batch);
    }
  }

  /** 批量托管代付列表. §5.11. */
  record Item(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSetNo,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("payToBankCardInfo") @Nullable BankCardTarget target,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("splitRuleList") @Nullable JsonNode splitRuleList,
      @JsonProperty("summary") @Nullable String summary,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {
    Item {
      OrderFields.number("bizOrderNo", number);
      OrderFields.summary(summary);
      OrderFields.extendInfo(extendInfo);
    }

    DisbursementDrafts.Item of(String batch) {
      return new DisbursementDrafts.Item(
          number,
          member,
          accountSetNo,
          backUrl,
          target,
          amount,
          fee,
          splitRuleList,
          summary,
          extendInfo,
          batch);
    }
  }

  record Response(@JsonProperty("bizBatchNo") String batch) {}

  private final DisbursementDrafts drafts;
  private final DisbursementBatches batches;

  BatchAgentPaySimplify(DisbursementDrafts drafts, DisbursementBatches batches) {
    this.drafts = drafts;
    this.batches = batches;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Merchant merchant = caller.merchant();
    Trade trade = Trade.ofDisbursement(request.tradeCode());
    Ware ware = GoodsFields.ware(request.goodsType(), request.goodsNo());
    if (request.items().size() > merchant.number("batch.most", DisbursementBatches.MOST_ITEMS)) {
      throw Refusal.of(Reason.BAD_FIELD, "batchPayList");
    }
    List<DisbursementDraft> items = new ArrayList<>();
    for (Item item : request.items()) {
      try {
        items.add(drafts.draft(merchant, item.of(request.batch()), trade, ware, caller.digest()));
      } catch (Refusal refusal) {
        throw refusal.within("batchPayList[" + items.size() + "].");
      }
    }
    batches.accept(merchant, request.batch(), items, caller.now());
    return new Response(request.batch());
  }
}
