package io.tongbao.server.escrow.order;

import io.tongbao.server.escrow.EscrowApplication;
import java.util.Map;

/** The fields of requests that would be accepted, for tests to change one of. */
final class Params {
  private Params() {}

  /** consumeApply's fields, paid from the balance. */
  static Map<String, Object> purchase(String payer, String receiver, long amount, long fee) {
    return Market.fields(
        "payerId",
        payer,
        "recieverId",
        receiver,
        "bizOrderNo",
        Market.number("purchase"),
        "amount",
        amount,
        "fee",
        fee,
        "backUrl",
        Market.BACK_URL,
        "payMethod",
        Market.balancePay(amount),
        "industryCode",
        "1910",
        "industryName",
        "其他",
        "source",
        1,
        "summary",
        "测试",
        "extendInfo",
        "ext");
  }

  /** agentCollectApplySimplify's fields, paid from the balance. */
  static Map<String, Object> collection(String payer, long amount, long fee) {
    return Market.fields(
        "payerId",
        payer,
        "bizOrderNo",
        Market.number("collection"),
        "tradeCode",
        "3001",
        "amount",
        amount,
        "fee",
        fee,
        "backUrl",
        Market.BACK_URL,
        "payMethod",
        Market.balancePay(amount),
        "industryCode",
        "1910",
        "industryName",
        "其他",
        "source",
        1);
  }

  /** signalAgentPaySimplify's fields, to the balance. */
  static Map<String, Object> disbursement(String payee, long amount, long fee) {
    return Market.fields(
        "bizOrderNo",
        Market.number("disbursement"),
        "bizUserId",
        payee,
        "accountSetNo",
        EscrowApplication.ACCOUNT_SET,
        "backUrl",
        Market.BACK_URL,
        "amount",
        amount,
        "fee",
        fee,
        "tradeCode",
        "4001");
  }

  static Map<String, Object> refund(String original, String payer, long amount) {
    return Market.fields(
        "bizOrderNo", Market.number("refund"),
        "oriBizOrderNo", original,
        "bizUserId", payer,
        "backUrl", Market.BACK_URL,
        "amount", amount);
  }

  /** entryGoods' fields: a loan without a least investment. */
  static Map<String, Object> bid(String goods, String borrower, long fen) {
    return Market.fields(
        "bizUserId",
        borrower,
        "goodsType",
        1,
        "bizGoodsNo",
        goods,
        "goodsName",
        "装修借款",
        "goodsParams",
        Market.fields(
            "amount", fen,
            "totalAmount", 2 * fen,
            "annualYield", 0.085,
            "investmentHorizon", 12,
            "investmentHorizonScale", 2,
            "repayType", 1,
            "guaranteeType", 5));
  }
}
