package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.number;
import static io.tongbao.server.escrow.order.Market.with;

import io.tongbao.server.escrow.EscrowApplication;
import io.tongbao.server.member.Member;
import java.util.List;
import java.util.Map;

/** A market on which one of everything has happened: orders of each kind, in each state. */
final class Bazaar {
  private final Market market;

  Bazaar(Market market) {
    this.market = market;
  }

  void open() {
    Member payer = market.member("payer", 3_000_000);
    market.member("shop", 50_000);
    market.member("partner");
    market.give(market.platform("2000000"), 5_000);
    purchases();
    collections();
    withdrawals(market.card(payer));
    investments();
    gifts();
    market.runDue();
    market.audit();
  }

  private void purchases() {
    List<Map<String, Object>> share =
        List.of(fields("bizUserId", "partner", "amount", 40, "fee", 3));
    market.paid(
        "consumeApply", with(market.purchase("payer", "shop", 100, 10), "splitRule", share));
    String original = market.paidPurchase("payer", "shop", 200, 20);
    market.ok("refund", with(market.refund(original, "payer", 30), "feeAmount", 4));
    market.ok("consumeApply", with(market.purchase("payer", "shop", 77, 0), "splitRule", share));
  }

  private void collections() {
    market.paidCollection("payer", 2_000, 10);
    List<Map<String, Object>> share =
        List.of(fields("bizUserId", "partner", "amount", 40, "fee", 3));
    market.ok(
        "signalAgentPaySimplify",
        with(market.disbursement("shop", 500, 5), "splitRuleList", share));
    Map<String, Object> item = market.disbursement("shop", 300, 0);
    item.remove("tradeCode");
    market.ok(
        "batchAgentPaySimplify",
        fields("bizBatchNo", number("batch"), "batchPayList", List.of(item), "tradeCode", "4001"));
  }

  /** One that succeeds, one that the bank declines, one that it takes its time for. */
  private void withdrawals(String card) {
    for (long amount : new long[] {10_000, 668_801, 668_802}) {
      Map<String, Object> withdrawal =
          fields(
              "bizOrderNo",
              number("withdrawal"),
              "bizUserId",
              "payer",
              "accountSetNo",
              EscrowApplication.ACCOUNT_SET,
              "amount",
              amount,
              "fee",
              0,
              "backUrl",
              Market.BACK_URL,
              "payMethod",
              Map.of("WITHDRAW_TLT", Map.of("payTypeName", "withdraw_tlt")),
              "bankCardNo",
              card,
              "industryCode",
              "1910",
              "industryName",
              "其他",
              "source",
              2);
      String orderNo = market.ok("withdrawApply", withdrawal).get("orderNo").stringValue();
      String number = String.valueOf(withdrawal.get("bizOrderNo"));
      market.ok("pay", market.confirmation("payer", number, orderNo));
    }
  }

  private void investments() {
    Map<String, Object> terms =
        fields(
            "amount", 10_000,
            "totalAmount", 10_800,
            "highestAmount", 10_000,
            "annualYield", 0.085,
            "investmentHorizon", 12,
            "investmentHorizonScale", 2,
            "repayType", 1,
            "guaranteeType", 5,
            "minimumAmountInvestment", 1_000);
    market.ok(
        "entryGoods",
        fields(
            "bizUserId", "shop",
            "goodsType", 1,
            "bizGoodsNo", "loan",
            "goodsName", "装修借款",
            "goodsDetail", "十二个月",
            "goodsParams", terms));
    market.paid(
        "agentCollectApplySimplify",
        with(
            market.collection("payer", 1_500, 0),
            "tradeCode",
            "1001",
            "goodsType",
            1,
            "goodsNo",
            "loan"));
  }

  private void gifts() {
    market.ok(
        "applicationTransfer",
        fields(
            "bizTransferNo", "gift",
            "sourceAccountSetNo", "2000000",
            "targetBizUserId", "shop",
            "targetAccountSetNo", EscrowApplication.ACCOUNT_SET,
            "amount", 300,
            "remark", "红包"));
    Map<String, Object> freeze =
        fields(
            "bizUserId",
            "payer",
            "bizFreezenNo",
            "freeze",
            "accountSetNo",
            EscrowApplication.ACCOUNT_SET,
            "amount",
            300);
    market.ok("freezeMoney", freeze);
    market.ok("unfreezeMoney", with(freeze, "amount", 100));
  }
}
