package io.tongbao.server.escrow.password;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Codec;
import io.tongbao.server.escrow.order.Cashier;
import io.tongbao.server.escrow.order.CashierVisits;
import io.tongbao.server.escrow.order.MerchantReturn;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.notice.NoticeUrls;
import io.tongbao.server.order.Checkout;
import io.tongbao.server.order.Confirmation;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Orders;
import io.tongbao.server.order.Parts;
import io.tongbao.server.order.Proof;
import io.tongbao.server.order.Way;
import io.tongbao.server.order.Withdrawals;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 确认支付【前台+密码验证版】: the payer confirms an order with his payment password, and goes on to the bank's
 * page where one pays a part. §4.2.10.
 */
@Component
final class PayOrder implements PasswordPage {
  private static final int LONGEST_ADDRESS = 64;
  private static final Codec<Request> CODEC = Codec.of(Request.class);

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("consumerIp") String consumerIp) {
    Request {
      consumerIp = Forms.words(consumerIp, LONGEST_ADDRESS, "consumerIp");
    }
  }

  private final Members members;
  private final Orders orders;
  private final Parts parts;
  private final Checkout checkout;
  private final Withdrawals withdrawals;
  private final Passwords passwords;
  private final Visits visits;
  private final CashierVisits cashier;
  private final MerchantReturn back;
  private final NoticeUrls urls;

  PayOrder(
      Members members,
      Orders orders,
      Parts parts,
      Checkout checkout,
      Withdrawals withdrawals,
      Passwords passwords,
      Visits visits,
      CashierVisits cashier,
      MerchantReturn back,
      NoticeUrls urls) {
    this.members = members;
    this.orders = orders;
    this.parts = parts;
    this.checkout = checkout;
    this.withdrawals = withdrawals;
    this.passwords = passwords;
    this.visits = visits;
    this.cashier = cashier;
    this.back = back;
    this.urls = urls;
  }

  @Override
  public String name() {
    return "payOrder";
  }

  @Override
  public String operation() {
    return "OrderService.pay";
  }

  @Override
  public String title() {
    return "确认支付";
  }

  @Override
  public String farewell() {
    return "已确认支付";
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.PASSWORD);
  }

  @Override
  public Visit open(Admitted admitted) {
    Request request = CODEC.decode(admitted.parameters(), admitted.spelling());
    Caller caller = admitted.caller();
    Member payer = members.active(caller.merchant(), request.member());
    Order order = orders.require(caller.merchant(), payer.id(), request.number());
    Checkout.requirePayable(payer, order, caller.now());
    if (order.confirmation() != Confirmation.PASSWORD) {
      throw Refusal.of(Reason.WRONG_CONFIRMATION, "bizOrderNo");
    }
    if (!passwords.isSet(payer, PasswordKind.PAY)) {
      throw Refusal.of(Reason.PASSWORD_NOT_SET, "bizUserId");
    }
    String jumpUrl = request.jumpUrl();
    return new Visit(
        caller.merchant().id(),
        name(),
        payer.id(),
        order.id(),
        jumpUrl == null ? null : urls.check(caller.merchant(), jumpUrl, "jumpUrl"),
        null,
        caller.now().plus(Visits.VALID));
  }

  @Override
  public void sendCode(Entered entered) {
    throw Refusal.of(Reason.WRONG_CONFIRMATION, "code");
  }

  @Override
  public String submit(Entered entered) {
    Order order = order(entered);
    Proof proof = new Proof.Password(entered.entries().typed(Field.PASSWORD));
    if (order.kind() == Kind.WITHDRAWAL) {
      withdrawals.confirm(entered.merchant(), entered.member(), order, proof, entered.now());
      return finish(entered, order);
    }
    if (parts.of(order).stream().anyMatch(part -> part.way() == Way.GATEWAY)) {
      return toBank(entered, order, proof);
    }
    checkout.confirm(entered.merchant(), entered.member(), order, proof, entered.now());
    return finish(entered, order);
  }

  Order order(Entered entered) {
    Long order = entered.visit().order();
    if (order == null) {
      throw Refusal.of(Reason.ORDER_UNKNOWN);
    }
    return orders.byId(entered.merchant().id(), order);
  }

  private String toBank(Entered entered, Order order, Proof proof) {
    checkout.toBank(
        entered.merchant(),
        entered.member(),
        order,
        proof,
        entered.now(),
        Cashier.facts(entered.merchant(), order));
    visits.close(entered.merchant(), entered.token(), entered.now());
    return cashier(entered, order);
  }

  /** Back to the merchant with the result; without an address of his, our page tells it. */
  private String finish(Entered entered, Order order) {
    visits.close(entered.merchant(), entered.token(), entered.now());
    String jumpUrl = entered.visit().jumpUrl();
    if (jumpUrl == null) {
      return cashier(entered, order);
    }
    Order after = orders.byId(entered.merchant().id(), order.id());
    return back.address(entered.merchant(), after, jumpUrl);
  }

  private String cashier(Entered entered, Order order) {
    String token = cashier.open(entered.merchant(), order.id(), entered.now());
    return Cashier.address(entered.merchant(), token);
  }
}
