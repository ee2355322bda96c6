package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Codec;
import io.tongbao.server.escrow.FrontDoor;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.Checkout;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Orders;
import io.tongbao.server.order.Proof;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * 确认支付（前台+短信验证码确认）: the merchant sends the payer's browser here with a signed message; from here it
 * goes to the cashier's page and on to the bank's. Specification §4.2.9.
 */
@Configuration(proxyBeanMethods = false)
class FrontPay {
  private static final String OPERATION = "OrderService.pay";
  private static final int LONGEST_ADDRESS = 64;

  /** The code is needed where another way than the bank's page pays a part. */
  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("verificationCode") @Nullable String code,
      @JsonProperty("consumerIp") String consumerIp) {
    Request {
      OrderFields.text("consumerIp", consumerIp, LONGEST_ADDRESS);
    }
  }

  private static final Codec<Request> CODEC = Codec.of(Request.class);

  private final FrontDoor door;
  private final Members members;
  private final Orders orders;
  private final Checkout checkout;
  private final CashierVisits visits;

  FrontPay(
      FrontDoor door, Members members, Orders orders, Checkout checkout, CashierVisits visits) {
    this.door = door;
    this.members = members;
    this.orders = orders;
    this.checkout = checkout;
    this.visits = visits;
  }

  @Bean
  RouterFunction<ServerResponse> frontTrans() {
    return RouterFunctions.route()
        .route(RequestPredicates.path("/service/gateway/frontTrans.do"), this::enter)
        .route(RequestPredicates.path("/yungateway/frontTrans.do"), this::enter)
        .build();
  }

  private ServerResponse enter(ServerRequest request) {
    return door.open(request, OPERATION, "无法完成支付", this::cashier);
  }

  /** Sets aside what needs to be, asks the bank, and says where the payer goes next. */
  private String cashier(Admitted admitted) {
    Request request = CODEC.decode(admitted.parameters(), admitted.spelling());
    Merchant merchant = admitted.caller().merchant();
    Member payer = members.require(merchant, request.member());
    Order order = orders.require(merchant, payer.id(), request.number());
    checkout.toBank(
        merchant,
        payer,
        order,
        new Proof.Code(request.code()),
        admitted.caller().now(),
        Cashier.facts(merchant, order));
    String token = visits.open(merchant, order.id(), admitted.caller().now());
    return Cashier.address(merchant, token);
  }
}
