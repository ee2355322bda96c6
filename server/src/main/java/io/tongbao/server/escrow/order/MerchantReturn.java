package io.tongbao.server.escrow.order;

import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.Order;
import io.tongbao.server.page.Pages;
import io.tongbao.wire.escrow.EscrowReturn;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * The payer's way back to the merchant's frontUrl: sysid, sign, signedValue and status, signed as
 * an answer is. Where it leads was checked when the order was opened. Specification §4.2.10.
 */
@Component
public final class MerchantReturn {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CLOSED = "订单已关闭";

  private final EscrowKeys keys;
  private final Members members;

  MerchantReturn(EscrowKeys keys, Members members) {
    this.keys = keys;
    this.members = members;
  }

  ServerResponse go(Merchant merchant, Order order) {
    String frontUrl = order.terms().frontUrl();
    if (frontUrl == null) {
      return Pages.trouble("请返回商户", "请在商户处查看订单 " + order.number() + " 的结果");
    }
    return Pages.go(address(merchant, order, frontUrl));
  }

  /** Where the payer goes with the order's result: the merchant's page at {@code frontUrl}. */
  public String address(Merchant merchant, Order order, String frontUrl) {
    String signedValue = JSON.writeValueAsString(result(merchant, order));
    return EscrowReturn.ok(merchant.code(), signedValue, keys.signer()).address(frontUrl);
  }

  /** Begins with our number, so that nobody can guess the first bytes of what we sign. */
  private Map<String, String> result(Merchant merchant, Order order) {
    Map<String, String> result = new LinkedHashMap<>();
    result.put("orderNo", order.orderNo());
    result.put("payStatus", status(order).code());
    String failure = failure(order);
    if (failure != null) {
      result.put("payFailMessage", failure);
    }
    result.put("bizUserId", members.byId(merchant, order.member()).bizUserId());
    result.put("bizOrderNo", order.number());
    return result;
  }

  private static PayStatus status(Order order) {
    return switch (order.state()) {
      case SUCCEEDED, REFUNDED -> PayStatus.SUCCESS;
      case FAILED, CLOSED -> PayStatus.FAIL;
      case UNPAID, IN_PROGRESS -> PayStatus.PENDING;
    };
  }

  private static @Nullable String failure(Order order) {
    return switch (order.state()) {
      case FAILED -> order.failure();
      case CLOSED -> CLOSED;
      case UNPAID, IN_PROGRESS, SUCCEEDED, REFUNDED -> null;
    };
  }
}
