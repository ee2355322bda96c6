package io.tongbao.server.payout;

import java.util.Map;
import java.util.Map.Entry;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A good request for each interface of this face, as the specification prints them. */
final class PayoutSamples {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String PERSON = "\"id_card\":\"360232199009115318\",\"real_name\":\"张三\"";
  private static final String CARD = PERSON + ",\"card_no\":\"6228480000000000017\"";
  private static final String ORDER =
      "\"order_id\":\"$order\",\"dealer_id\":\"$dealer\",\"broker_id\":\"yunyi\",\"pay\":\"1.00\",";
  private static final String REPORTED =
      ",\"created_at\":\"2017-08-15 17:41:48\",\"result\":\"1\",\"notes\":\"备注\"";

  private static final Map<String, String> BODIES =
      Map.ofEntries(
          entry("POST /api/payment/v1/order-realtime", ORDER + CARD),
          entry("POST /api/payment/v1/order-bankpay", ORDER + CARD),
          entry(
              "POST /api/payment/v1/order-alipay",
              ORDER + PERSON + ",\"card_no\":\"123@sina.com\""),
          entry("POST /api/payment/v1/order-wxpay", ORDER + PERSON + ",\"openid\":\"wx2319u9jk\""),
          entry("GET /api/payment/v1/query-realtime-order", "\"order_id\":\"$order\""),
          entry("GET /api/payment/v1/query-order", "\"order_id\":\"$order\""),
          entry("GET /api/payment/v1/query-accounts", "\"dealer_id\":\"$dealer\""),
          entry("GET /api/dataservice/v1/order/downloadurl", "\"order_date\":\"2026-01-01\""),
          entry("GET /api/dataservice/v1/bill/downloadurl", "\"bill_date\":\"2026-01-01\""),
          entry("POST /authentication/verify-request", CARD + ",\"mobile\":\"13900002001\""),
          entry(
              "POST /authentication/verify-confirm",
              CARD
                  + ",\"mobile\":\"13900002001\",\"captcha\":\"861134\",\"ref\":\"rx0g4iiLWoWA==\""),
          entry(
              "POST /authentication/verify-bankcard-four-factor",
              CARD + ",\"mobile\":\"13900002001\""),
          entry("POST /authentication/verify-bankcard-three-factor", CARD),
          entry("POST /authentication/verify-id", PERSON),
          entry("GET /api/payment/v1/auth-alipay", "\"broker_id\":\"yunyi\""),
          entry(
              "POST /api/payment/v1/sign/idcard/image",
              "\"dealer_id\":\"$dealer\",\"broker_id\":\"yunyi\"," + PERSON),
          entry("POST /api/notify/order-bankcard", ORDER + CARD + REPORTED),
          entry(
              "POST /api/notify/order-alipay",
              ORDER + PERSON + ",\"card_no\":\"123@sina.com\"" + REPORTED),
          entry(
              "POST /api/notify/order-wxpay",
              ORDER + PERSON + ",\"openid\":\"wx2319u9jk\"" + REPORTED));

  private PayoutSamples() {}

  static boolean has(String operation) {
    return BODIES.containsKey(operation);
  }

  /** The request, with an order number of its own where it has one. */
  static ObjectNode of(String operation, PayoutDealer dealer, String order) {
    String text = BODIES.get(operation);
    if (text == null) {
      throw new AssertionError("no sample of " + operation);
    }
    return (ObjectNode)
        JSON.readTree("{" + text.replace("$dealer", dealer.id()).replace("$order", order) + "}");
  }

  private static Entry<String, String> entry(String operation, String body) {
    return Map.entry(operation, body);
  }
}
