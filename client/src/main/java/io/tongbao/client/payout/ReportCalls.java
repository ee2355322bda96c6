package io.tongbao.client.payout;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.client.payout.OrderCalls.Receipt;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls that tell of payments made elsewhere: 打款数据上报接口, specification §2.5. No money moves. Their
 * order numbers and those of orders are one space.
 */
public final class ReportCalls {
  private ReportCalls() {}

  /** How the payment ended. */
  public enum Result {
    @JsonProperty("1")
    SUCCEEDED,
    @JsonProperty("2")
    FAILED
  }

  /** 银行卡打款数据上报 §2.5 (1). */
  public record OfBankCard(
      @JsonProperty("order_id") String order,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret name,
      @JsonProperty("card_no") Secret card,
      @JsonProperty("phone_no") @Nullable Secret phone,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("pay") Money pay,
      @JsonProperty("anchor_id") @Nullable String payee,
      @JsonProperty("created_at") Instant paidAt,
      @JsonProperty("result") Result result,
      @JsonProperty("notes") @Nullable String notes)
      implements Report {
    @Override
    public String path() {
      return "/api/notify/order-bankcard";
    }
  }

  /** 支付宝打款数据上报 §2.5 (2). */
  public record OfAlipay(
      @JsonProperty("order_id") String order,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret name,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("card_no") Secret account,
      @JsonProperty("pay") Money pay,
      @JsonProperty("created_at") Instant paidAt,
      @JsonProperty("result") Result result,
      @JsonProperty("notes") @Nullable String notes)
      implements Report {
    @Override
    public String path() {
      return "/api/notify/order-alipay";
    }
  }

  /** 微信打款数据上报 §2.5 (3). */
  public record OfWeChat(
      @JsonProperty("order_id") String order,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret name,
      @JsonProperty("id_card") Secret identity,
      @JsonProperty("openid") String openid,
      @JsonProperty("pay") Money pay,
      @JsonProperty("created_at") Instant paidAt,
      @JsonProperty("result") Result result,
      @JsonProperty("notes") @Nullable String notes)
      implements Report {
    @Override
    public String path() {
      return "/api/notify/order-wxpay";
    }
  }

  /** One of the three reports. */
  interface Report extends PayoutCall<Receipt> {
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
}
