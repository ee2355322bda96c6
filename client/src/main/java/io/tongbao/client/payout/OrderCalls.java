package io.tongbao.client.payout;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that pay, and ask what became of it: 打款接口, specification §2.1. An answer to an order says
 * that it was taken in; whether it is paid comes by notice or by {@link Query}.
 */
public final class OrderCalls {
  private static final String ROOT = "/api/payment/v1/";

  private OrderCalls() {}

  /**
   * 银行卡实时下单 §2.1 (1). From 0.01 to 5 000 000 yuan.
   *
   * @param order the dealer's own number, unique over all channels and reports
   * @param phone reserved at the bank, if known
   * @param payee the dealer's own number of the payee (anchor_id)
   * @param notes for the dealer, comes back as it was
   * @param remark what the payee reads (pay_remark): at most 20 characters, a 汉字 counts two
   */
  public record ToBankCard(
      @JsonProperty("order_id") String order,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret name,
      @JsonProperty("card_no") Secret card,
      @JsonProperty("phone_no") @Nullable Secret phone,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("pay") Money pay,
      @JsonProperty("anchor_id") @Nullable String payee,
      @JsonProperty("notes") @Nullable String notes,
      @JsonProperty("pay_remark") @Nullable String remark)
      implements Order {
    @Override
    public String path() {
      return ROOT + "order-realtime";
    }
  }

  /**
   * 支付宝实时下单 §2.1 (2). From 0.01 to 1 000 000 yuan.
   *
   * @param name not needed where {@code account} is an Alipay USERID
   * @param account a phone, a mail address, or a USERID
   */
  public record ToAlipay(
      @JsonProperty("order_id") String order,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") @Nullable Secret name,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("card_no") Secret account,
      @JsonProperty("pay") Money pay,
      @JsonProperty("notes") @Nullable String notes,
      @JsonProperty("pay_remark") @Nullable String remark)
      implements Order {
    @Override
    public String path() {
      return ROOT + "order-alipay";
    }
  }

  /** 微信支付实时下单 §2.1 (3): a red packet. From 1 to 200 yuan, fifteen seconds apart per payee. */
  public record ToWeChat(
      @JsonProperty("order_id") String order,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret name,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("openid") String openid,
      @JsonProperty("pay") Money pay,
      @JsonProperty("notes") @Nullable String notes,
      @JsonProperty("pay_remark") @Nullable String remark)
      implements Order {
    @Override
    public String path() {
      return ROOT + "order-wxpay";
    }
  }

  /** One of the three orders. */
  public sealed interface Order extends PayoutCall<Receipt> permits ToBankCard, ToAlipay, ToWeChat {
    String order();

    Money pay();

    @Override
    default Verb verb() {
      return Verb.POST;
    }

    @Override
    default Class<Receipt> answer() {
      return Receipt.class;
    }

    @Override
    default boolean namesDealer() {
      return true;
    }
  }

  /**
   * An order, or a report, was taken in.
   *
   * @param ref the platform's own number (云经纪流水)
   */
  public record Receipt(
      @JsonProperty("order_id") String order,
      @JsonProperty("ref") String ref,
      @JsonProperty("pay") Money pay) {}

  /**
   * 查询一个订单 §2.1 (4).
   *
   * @param dataType {@code "encryption"} for an encrypted answer, which the client opens
   */
  public record Query(
      @JsonProperty("order_id") String order,
      @JsonProperty("channel") Channel channel,
      @JsonProperty("data_type") @Nullable String dataType)
      implements PayoutCall<OrderState> {
    private static final String ENCRYPTION = "encryption";

    /** Answered in the clear. */
    public static Query of(String order, Channel channel) {
      return new Query(order, channel, null);
    }

    /** Answered encrypted. */
    public static Query encrypted(String order, Channel channel) {
      return new Query(order, channel, ENCRYPTION);
    }

    @Override
    public Verb verb() {
      return Verb.GET;
    }

    @Override
    public String path() {
      return ROOT + "query-realtime-order";
    }

    @Override
    public Class<OrderState> answer() {
      return OrderState.class;
    }
  }

  /**
   * What became of an order: the answer to a query and the content of a notice, §2.1 (4) and (5).
   *
   * @param status appendix 1, such as {@link #PAID}
   * @param detail appendix 2, such as {@link #PACKET_WAITING}
   * @param createdAt when it was taken in; absent in notices
   * @param finishedAt when it came to its result
   */
  public record OrderState(
      @JsonProperty("order_id") String order,
      @JsonProperty("ref") String ref,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("pay") Money pay,
      @JsonProperty("sys_amount") @Nullable Money systemPart,
      @JsonProperty("broker_amount") @Nullable Money brokerPart,
      @JsonProperty("real_name") @Nullable Secret name,
      @JsonProperty("card_no") @Nullable Secret account,
      @JsonProperty("id_card") @Nullable Secret identity,
      @JsonProperty("phone_no") @Nullable Secret phone,
      @JsonProperty("anchor_id") @Nullable String payee,
      @JsonProperty("notes") @Nullable String notes,
      @JsonProperty("pay_remark") @Nullable String remark,
      @JsonProperty("status") int status,
      @JsonProperty("status_detail") int detail,
      @JsonProperty("status_message") String words,
      @JsonProperty("status_detail_message") String detailWords,
      @JsonProperty("created_at") @Nullable Instant createdAt,
      @JsonProperty("finished_time") @Nullable Instant finishedAt) {
    public static final int ACCEPTED = 0;
    public static final int PAID = 1;
    public static final int FAILED = 2;
    public static final int HELD = 4;
    public static final int PAYING = 5;
    public static final int READY = 8;
    public static final int RETURNED = 9;

    /** The detail of a red packet that was sent and not taken yet. */
    public static final int PACKET_WAITING = 27;

    /** Whether the platform still works on it by itself: ask again a little later. */
    public boolean isOnItsWay() {
      return status == ACCEPTED || status == PAYING || status == READY;
    }
  }

  /** 查询商户余额 §2.1 (6). */
  public record QueryAccounts() implements PayoutCall<Accounts> {
    @Override
    public Verb verb() {
      return Verb.GET;
    }

    @Override
    public String path() {
      return ROOT + "query-accounts";
    }

    @Override
    public Class<Accounts> answer() {
      return Accounts.class;
    }

    @Override
    public boolean namesDealer() {
      return true;
    }
  }

  /** What a dealer has, broker by broker. */
  public record Accounts(@JsonProperty("dealer_infos") List<Account> brokers) {
    public Accounts {
      brokers = List.copyOf(brokers);
    }
  }

  /** What a dealer has with one broker, and which ways are open. */
  public record Account(
      @JsonProperty("broker_id") String broker,
      @JsonProperty("bank_card_balance") Money bankCard,
      @JsonProperty("is_bank_card") boolean bankCardOpen,
      @JsonProperty("alipay_balance") Money alipay,
      @JsonProperty("is_alipay") boolean alipayOpen,
      @JsonProperty("wxpay_balance") Money wechat,
      @JsonProperty("is_wxpay") boolean wechatOpen,
      @JsonProperty("rebate_fee_balance") Money rebate) {

    /** What is there for a channel. */
    public Money of(Channel channel) {
      return switch (channel) {
        case BANK_CARD -> bankCard;
        case ALIPAY -> alipay;
        case WECHAT -> wechat;
      };
    }
  }
}
