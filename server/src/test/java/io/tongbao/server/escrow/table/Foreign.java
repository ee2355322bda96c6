package io.tongbao.server.escrow.table;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which fields name something that somebody else may have, and names that nobody has. T-X15. */
final class Foreign {
  private static final Set<String> REFERENCES =
      Set.of(
          "bizUserId",
          "payerId",
          "recieverId",
          "targetBizUserId",
          "oriBizOrderNo",
          "bizGoodsNo",
          "goodsNo",
          "bizFreezenNo",
          "bizOrderNo",
          "tranceNum",
          "cardNo",
          "bankCardNo",
          "lastCardNo",
          "mobileFlowNO",
          "sysid");

  /** Methods that take an order's number to find it; others give it to a new one. */
  private static final Set<String> FIND_ORDERS =
      Set.of(
          "OrderService.pay",
          "OrderService.getOrderDetail",
          "page/payOrder OrderService.pay",
          "page/frontTrans OrderService.pay");

  /** Methods whose cards and numbers are new, whoever else has the same. */
  private static final Set<String> NEW =
      Set.of(
          "MemberService.createMember bizUserId",
          "MemberService.getBankCardBin cardNo",
          "MemberService.applyBindBankCard cardNo",
          "MemberService.applyVerifyPayBindBankCard cardNo",
          "MemberService.threeElementsBindBankCard cardNo",
          "OrderService.entryGoods bizGoodsNo",
          "OrderService.freezeMoney bizFreezenNo",
          "OrderService.signalAgentPaySimplify goodsNo",
          "OrderService.batchAgentPaySimplify goodsNo");

  private static final Set<String> ABOUT_NOBODY =
      Set.of(
          "MemberService.createMember",
          "MemberService.getBankCardBin",
          "MerchantService.getCheckAccountFile");

  private Foreign() {}

  static boolean refers(String method, Slot slot) {
    if (!REFERENCES.contains(slot.leaf()) || NEW.contains(method + " " + slot.leaf())) {
      return false;
    }
    return !slot.leaf().equals("bizOrderNo") || FIND_ORDERS.contains(method);
  }

  /** Whether a method is about something that is there before. */
  static boolean refersAtAll(String method) {
    return !ABOUT_NOBODY.contains(method);
  }

  /** A name of the same shape that nobody has. */
  static String nobodys(String theirs) {
    if (theirs.startsWith("RSA(")) {
      return theirs.substring(0, theirs.length() - 4) + "987)";
    }
    return theirs.matches("[0-9]+")
        ? new StringBuilder(theirs).reverse().toString()
        : theirs.replaceFirst("^b2", "z9");
  }

  /** Whether a value names somebody's, and is not one of the platform's reserved names. */
  static boolean isName(JsonNode value) {
    return value.isString() && !value.stringValue().startsWith("#");
  }

  static JsonNode text(String value) {
    return JsonNodeFactory.instance.stringNode(value);
  }
}
