package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.order.Checkout;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Orders;
import io.tongbao.server.order.Progress;
import io.tongbao.server.order.Proof;
import io.tongbao.server.order.Withdrawals;
import org.jspecify.annotations.Nullable;

/**
 * 确认支付（后台+短信验证码确认）: the payer proves himself with the code, and the money moves, or the channel is
 * asked; for 新移动快捷 with what that way asks for. Orders that are paid at the bank's page go through
 * {@link FrontPay}. Specification §4.2.8, §4.2.11.
 */
@Endpoint("OrderService.pay")
final class Pay implements EscrowOperation<Pay.Request, Pay.Response> {
  private static final int LONGEST_ADDRESS = 64;
  private static final int LONGEST_NUMBER = 64;

  /** {@code consumerIp} is what the merchant says; nothing is decided by it (THREATS T3-9). */
  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("tradeNo") @Nullable String tradeNo,
      @JsonProperty("verificationCode") @Nullable String code,
      @JsonProperty("quickNewPwd") @Nullable Secret quickPassword,
      @JsonProperty("consumerIp") String consumerIp) {
    Request {
      Passwords.requireDigits(quickPassword, "quickNewPwd");
      OrderFields.text("tradeNo", tradeNo, LONGEST_NUMBER);
      OrderFields.text("consumerIp", consumerIp, LONGEST_ADDRESS);
    }
  }

  record Response(
      @JsonProperty("payStatus") PayStatus payStatus,
      @JsonProperty("payFailMessage") @Nullable String payFailMessage,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number) {}

  private final Members members;
  private final Orders orders;
  private final Checkout checkout;
  private final Withdrawals withdrawals;

  Pay(Members members, Orders orders, Checkout checkout, Withdrawals withdrawals) {
    this.members = members;
    this.orders = orders;
    this.checkout = checkout;
    this.withdrawals = withdrawals;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.require(caller.merchant(), request.member());
    Order order = orders.require(caller.merchant(), member.id(), request.number());
    Proof proof = new Proof.Code(request.code(), request.quickPassword());
    Progress progress = confirm(caller, member, order, proof);
    String failure = progress instanceof Progress.Failed failed ? failed.reason() : null;
    return new Response(PayStatus.of(progress), failure, member.bizUserId(), order.number());
  }

  private Progress confirm(Caller caller, Member member, Order order, Proof proof) {
    return switch (order.kind()) {
      case DEPOSIT, PURCHASE, COLLECTION ->
          checkout.confirm(caller.merchant(), member, order, proof, caller.now());
      case WITHDRAWAL -> withdrawals.confirm(caller.merchant(), member, order, proof, caller.now());
      case DISBURSEMENT, BATCH_DISBURSEMENT, REFUND ->
          throw Refusal.of(Reason.WRONG_ORDER_TYPE, order.number());
    };
  }
}
