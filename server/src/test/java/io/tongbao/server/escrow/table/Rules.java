package io.tongbao.server.escrow.table;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Coded;
import io.tongbao.server.escrow.EscrowRefusals;
import java.util.Map;
import java.util.Set;

/**
 * Which code a fault must be refused with: by its sort, by the field's type, and by name where a
 * field refers to something. Specification §7.
 */
final class Rules {
  private static final String BAD = "10000";

  /** Orders of nothing have a code of their own; parts of orders and goods do not. */
  private static final Set<String> ZERO = Set.of("40020", BAD);

  private static final String MISSING = "10001";
  private static final String UNREADABLE = "51001";

  /** Fields that name something: what is said where there is no such thing. */
  private static final Map<String, Set<String>> NAMES =
      Map.ofEntries(
          Map.entry("bizUserId", Set.of("30001")),
          Map.entry("payerId", Set.of("30001")),
          Map.entry("recieverId", Set.of("30001")),
          Map.entry("targetBizUserId", Set.of("30001")),
          Map.entry("sysid", Set.of("20000")),
          Map.entry("tranceNum", Set.of("30016")),
          Map.entry("accountSetNo", Set.of("30019", "30018")),
          Map.entry("sourceAccountSetNo", Set.of("30019")),
          Map.entry("targetAccountSetNo", Set.of("30019")),
          Map.entry("tradeCode", Set.of("40010")),
          Map.entry("bankCode", Set.of("50005")),
          Map.entry("verificationCode", Set.of("50001")),
          Map.entry("newVerificationCode", Set.of("50001")),
          Map.entry("mobileFlowNO", Set.of("50001")),
          Map.entry("mobileMsCode", Set.of("50001")),
          Map.entry("bankCardNo", Set.of("30016")));

  /** The same for one method's field. */
  private static final Map<String, String> EXACT =
      Map.ofEntries(
          Map.entry("MemberService.createMember bizUserId", BAD),
          Map.entry("OrderService.pay bizOrderNo", "40000"),
          Map.entry("page/payOrder OrderService.pay bizOrderNo", "40000"),
          Map.entry("page/frontTrans OrderService.pay bizOrderNo", "40000"),
          Map.entry("OrderService.getOrderDetail bizOrderNo", "40000"),
          Map.entry("OrderService.refund oriBizOrderNo", "40000"),
          Map.entry("OrderService.entryGoods goodsType", "40013"),
          Map.entry("OrderService.queryModifyGoods goodsType", "40024"),
          Map.entry("OrderService.queryModifyGoods bizGoodsNo", "40024"));

  /** Numbers of no dictionary, which 77 is one of. */
  private static final Set<String> COUNTS =
      Set.of("investmentHorizon", "repayPeriodNumber", "startPosition", "queryNum");

  private Rules() {}

  /** Whether it is no fault after all. */
  static boolean isFine(Slot slot, Fault fault) {
    boolean free = slot.leaf().equals("extendInfo") && fault.sort() == Fault.Sort.FORM;
    return free || (COUNTS.contains(slot.leaf()) && fault.said().equals("77"));
  }

  /** The codes of which one must come. */
  static Set<String> codes(String method, Slot slot, Fault fault) {
    return switch (fault.sort()) {
      case MISSING -> Set.of(MISSING);
      case TYPE -> Set.of(BAD);
      case CIPHER -> Set.of(UNREADABLE);
      case ZERO -> ZERO;
      case LONG -> slot.type() == Secret.class ? Set.of(UNREADABLE) : form(method, slot);
      case FORM, DIGEST -> form(method, slot);
    };
  }

  private static Set<String> form(String method, Slot slot) {
    if (slot.type() instanceof Class<?> type && Coded.class.isAssignableFrom(type)) {
      Refusal.Reason unknown = ((Coded) type.getEnumConstants()[0]).unknown();
      return Set.of(EscrowRefusals.words(Refusal.of(unknown)).code());
    }
    String exact = EXACT.get(method + " " + slot.path());
    if (exact != null && slot.type() != Money.class) {
      // What is no number at all is in no dictionary either.
      return slot.type() == Long.class ? Set.of(exact, BAD) : Set.of(exact);
    }
    return slot.path().contains("plitRule")
        ? Set.of(BAD)
        : NAMES.getOrDefault(slot.leaf(), Set.of(BAD));
  }

  /** Whether the words say which field it is. */
  static boolean names(String message, Slot slot) {
    return message.contains("：" + slot.path())
        || message.contains(slot.leaf())
        || message.startsWith("验证码");
  }
}
