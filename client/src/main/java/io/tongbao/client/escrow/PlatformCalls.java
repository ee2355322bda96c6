package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls about goods, batches and what the platform gives. Specification §4.2.7, §4.2.13 on. */
public final class PlatformCalls {
  private PlatformCalls() {}

  /** 商品录入 §4.2.13; parameters of §5.4 for P2P 标的. */
  @Calls("OrderService.entryGoods")
  public record EnterGoods(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("goodsType") int type,
      @JsonProperty("bizGoodsNo") String number,
      @JsonProperty("goodsName") String name,
      @JsonProperty("goodsDetail") @Nullable String detail,
      @JsonProperty("goodsParams") Bid bid,
      @JsonProperty("showUrl") @Nullable String showUrl)
      implements EscrowCall<Entered> {}

  /** The platform's number of the goods, and the merchant's. */
  public record Entered(
      @JsonProperty("goodsNo") String goodsNo, @JsonProperty("bizGoodsNo") String number) {}

  /** P2P 标的 §5.4. */
  public record Bid(
      @JsonProperty("amount") Money amount,
      @JsonProperty("totalAmount") Money repaid,
      @JsonProperty("highestAmount") @Nullable Money highest,
      @JsonProperty("annualYield") double annualYield,
      @JsonProperty("investmentHorizon") int horizon,
      @JsonProperty("investmentHorizonScale") int horizonUnit,
      @JsonProperty("beginDate") @Nullable String begins,
      @JsonProperty("endDate") @Nullable String ends,
      @JsonProperty("repayType") int repayType,
      @JsonProperty("guaranteeType") int guaranteeType,
      @JsonProperty("repayPeriodNumber") @Nullable Integer periods,
      @JsonProperty("minimumAmountInvestment") @Nullable Money minimum) {}

  /** 查询、修改商品 §4.2.14; a date that is given changes that date. */
  @Calls("OrderService.queryModifyGoods")
  public record QueryGoods(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizGoodsNo") String number,
      @JsonProperty("goodsType") int type,
      @JsonProperty("beginDate") @Nullable String begins,
      @JsonProperty("endDate") @Nullable String ends)
      implements EscrowCall<Goods> {}

  /** The goods as they stand. */
  public record Goods(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizGoodsNo") String number,
      @JsonProperty("goodsType") int type,
      @JsonProperty("goodsName") String name,
      @JsonProperty("goodsDetail") @Nullable String detail,
      @JsonProperty("showUrl") @Nullable String showUrl,
      @JsonProperty("goodsParams") JsonNode parameters) {}

  /** 批量托管代付 §4.2.7; each order is told of by a notice of its own. */
  @Calls("OrderService.batchAgentPaySimplify")
  public record DisburseBatch(
      @JsonProperty("bizBatchNo") String batch,
      @JsonProperty("batchPayList") List<Item> items,
      @JsonProperty("goodsType") @Nullable Integer goodsType,
      @JsonProperty("goodsNo") @Nullable String goodsNo,
      @JsonProperty("tradeCode") String tradeCode)
      implements EscrowCall<BatchTaken> {}

  /** One order of a batch §5.11. */
  public record Item(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("accountSetNo") String accountSet,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("payToBankCardInfo") OrderCalls.@Nullable ToCard toCard,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("splitRuleList") @Nullable List<Split> splits,
      @JsonProperty("summary") @Nullable String summary,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {}

  /** The batch was taken in. */
  public record BatchTaken(@JsonProperty("bizBatchNo") String batch) {}

  /** 流标专用退款 §4.2.18: all or nothing. */
  @Calls("OrderService.failureBidRefund")
  public record RefundFailedBid(
      @JsonProperty("bizBatchNo") String batch,
      @JsonProperty("goodsType") int goodsType,
      @JsonProperty("goodsNo") String goodsNo,
      @JsonProperty("batchRefundList") List<BidRefund> refunds)
      implements EscrowCall<BidRefunded> {}

  /** One refund of a failed bid §5.13. */
  public record BidRefund(
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("oriBizOrderNo") String original,
      @JsonProperty("summary") @Nullable String summary,
      @JsonProperty("extendInfo") @Nullable String extendInfo) {}

  /** The refunds' numbers, theirs and ours. */
  public record BidRefunded(@JsonProperty("orderNoList") List<JsonNode> orders) {}

  /** 平台转账 §4.2.19. */
  @Calls("OrderService.applicationTransfer")
  public record Transfer(
      @JsonProperty("bizTransferNo") String number,
      @JsonProperty("sourceAccountSetNo") String from,
      @JsonProperty("targetBizUserId") String member,
      @JsonProperty("targetAccountSetNo") String accountSet,
      @JsonProperty("amount") Money amount,
      @JsonProperty("remark") @Nullable String remark)
      implements EscrowCall<Transferred> {}

  /** What was given. */
  public record Transferred(
      @JsonProperty("transferNo") String transferNo,
      @JsonProperty("bizTransferNo") String number,
      @JsonProperty("amount") Money amount) {}

  /** 通联通头寸查询 §4.3.1. */
  @Calls("MerchantService.queryReserveFundBalance")
  public record QueryReserve(@JsonProperty("sysid") String sysid) implements EscrowCall<Reserve> {}

  /** What the reserve account holds. */
  public record Reserve(
      @JsonProperty("account_no") String number,
      @JsonProperty("account_name") String name,
      @JsonProperty("balance") Money balance,
      @JsonProperty("usable_bal") Money usable,
      @JsonProperty("def_clr") long defaultForClearing) {}
}
