package io.tongbao.server.order;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.News;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a merchant is told of an order's result. A row in the commit in which the order comes to it;
 * none where the merchant gave no address. Specification escrow §3.6, §4.2.12.
 */
public final class OrderNews {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EVENT = "escrow.order";
  private static final String PAYMENT_FAILED = "40006";

  private OrderNews() {}

  /**
   * The order has succeeded.
   *
   * @param buyer the payer's bizUserId
   * @param also what the kind of order says besides, by wire name
   */
  public static List<RowWrite> succeeded(
      Order order, String buyer, Map<String, Object> also, Instant at) {
    Map<String, Object> facts = facts(order, buyer);
    facts.put("payDatetime", BeijingTime.seconds(at));
    facts.putAll(also);
    facts.put("status", "OK");
    return row(order, facts, at);
  }

  /** A payout is on its way; what became of it follows. */
  public static List<RowWrite> pending(Order order, String buyer, Instant at) {
    Map<String, Object> facts = facts(order, buyer);
    facts.put("status", "pending");
    return row(order, facts, at);
  }

  /** The order has failed. Told of outgoing orders only. */
  public static List<RowWrite> failed(Order order, String buyer, String reason, Instant at) {
    return failed(order, buyer, reason, Map.of(), at);
  }

  /** The same, with what the kind of order says besides. */
  static List<RowWrite> failed(
      Order order, String buyer, String reason, Map<String, Object> also, Instant at) {
    Map<String, Object> facts = facts(order, buyer);
    facts.putAll(also);
    facts.put("status", "error");
    facts.put("errorCode", PAYMENT_FAILED);
    facts.put("message", reason);
    return row(order, facts, at);
  }

  private static Map<String, Object> facts(Order order, String buyer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("orderNo", order.orderNo());
    facts.put("bizOrderNo", order.number());
    facts.put("amount", order.amount().fen());
    facts.put("buyerBizUserId", buyer);
    String extendInfo = order.terms().extendInfo();
    if (extendInfo != null) {
      facts.put("extendInfo", extendInfo);
    }
    return facts;
  }

  private static List<RowWrite> row(Order order, Map<String, Object> facts, Instant at) {
    String url = order.terms().backUrl();
    if (url == null) {
      return List.of();
    }
    String text = JSON.writeValueAsString(facts);
    return List.of(new News(order.merchant(), EVENT, order.id(), url, text, at).row());
  }
}
