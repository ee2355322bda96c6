package io.tongbao.server.escrow.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.server.member.Member;
import io.tongbao.server.order.Confirmation;
import io.tongbao.server.order.Opened;
import io.tongbao.server.order.Opened.Next;
import io.tongbao.server.order.Order;
import io.tongbao.server.order.Progress;
import io.tongbao.server.order.QuickPay;
import io.tongbao.server.order.Way;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What opening an order that somebody pays answers: which members are there depends on what it is
 * paid with. Specification §4.2.2, §4.2.4, §4.2.5, §5.2.
 *
 * @param orderNo stands first: nobody can guess how what we sign begins (THREATS T3-2)
 * @param payStatus told where there is nothing to confirm with us (仅交易验证方式为“0”时返回), unless a wallet
 *     pays (不返回“payStatus”)
 * @param payCode what the payer types at the terminal (POSPAY)
 * @param weChatApp what the app hands to the wallet's app (WECHATPAY_APP)
 * @param payInfo what a QR code is made of, or what the page hands to the wallet
 * @param needsPassword 1 where QUICKPAY_N wants its password, else 0
 * @param mobileFlag 1 where QUICKPAY_N has sent a code, else 0
 */
record OrderAnswer(
    @JsonProperty("orderNo") String orderNo,
    @JsonProperty("payStatus") @Nullable PayStatus payStatus,
    @JsonProperty("payFailMessage") @Nullable String payFailMessage,
    @JsonProperty("bizUserId") String payer,
    @JsonProperty("bizOrderNo") String number,
    @JsonProperty("payCode") @Nullable String payCode,
    @JsonProperty("extendInfo") @Nullable String extendInfo,
    @JsonProperty("weChatAPPInfo") @Nullable JsonNode weChatApp,
    @JsonProperty("payInfo") @Nullable String payInfo,
    @JsonProperty("isNeedPassword") @Nullable Long needsPassword,
    @JsonProperty("mobileFlag") @Nullable Long mobileFlag) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static OrderAnswer of(Member payer, Opened opened) {
    Order order = opened.order();
    OrderAnswer plain = plain(payer, order);
    OrderAnswer unproven =
        order.confirmation() == Confirmation.NONE ? plain.with(new Progress.Pending()) : plain;
    return switch (opened.next()) {
      case Next.Confirmation _ -> unproven;
      case Next.Asked asked -> plain.with(asked.progress());
      case Next.Quick quick -> unproven.with(quick.asks());
      case Next.Voucher voucher -> (voucher.way() == Way.POSPAY ? unproven : plain).with(voucher);
    };
  }

  private static OrderAnswer plain(Member payer, Order order) {
    return new OrderAnswer(
        order.orderNo(),
        null,
        null,
        payer.bizUserId(),
        order.number(),
        null,
        order.terms().extendInfo(),
        null,
        null,
        null,
        null);
  }

  private OrderAnswer with(Progress progress) {
    String failure = progress instanceof Progress.Failed failed ? failed.reason() : null;
    return new OrderAnswer(
        orderNo,
        PayStatus.of(progress),
        failure,
        payer,
        number,
        payCode,
        extendInfo,
        weChatApp,
        payInfo,
        needsPassword,
        mobileFlag);
  }

  private OrderAnswer with(QuickPay asks) {
    return new OrderAnswer(
        orderNo,
        payStatus,
        payFailMessage,
        payer,
        number,
        payCode,
        extendInfo,
        weChatApp,
        payInfo,
        asks.password() ? 1L : 0L,
        asks.code() ? 1L : 0L);
  }

  private OrderAnswer with(Next.Voucher voucher) {
    boolean terminal = voucher.way() == Way.POSPAY;
    boolean app = voucher.way() == Way.WECHATPAY_APP;
    return new OrderAnswer(
        orderNo,
        payStatus,
        payFailMessage,
        payer,
        number,
        terminal ? voucher.text() : null,
        extendInfo,
        app ? weixinstr(voucher.text()) : null,
        terminal || app ? null : voucher.text(),
        needsPassword,
        mobileFlag);
  }

  /** §5.17. */
  private static JsonNode weixinstr(String fields) {
    return JsonNodeFactory.instance.objectNode().set("weixinstr", JSON.readTree(fields));
  }
}
