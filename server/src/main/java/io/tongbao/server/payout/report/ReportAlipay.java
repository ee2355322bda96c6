package io.tongbao.server.payout.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payment.Reports;
import io.tongbao.server.payout.PayoutForms;
import io.tongbao.server.payout.PayoutOperation;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** 支付宝打款数据上报: a payout to an Alipay account that was made elsewhere. §2.5 (2). */
@Endpoint("POST /api/notify/order-alipay")
final class ReportAlipay implements PayoutOperation<ReportAlipay.Request, Kept> {

  record Request(
      @JsonProperty("order_id") String order,
      @JsonProperty("dealer_id") String dealer,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("card_no") Secret account,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("pay") Money pay,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("result") Outcome result,
      @JsonProperty("notes") @Nullable String notes) {

    Told told() {
      return new Told(order, broker, realName, idCard, pay, createdAt, result, notes);
    }
  }

  private final Reports reports;

  ReportAlipay(Reports reports) {
    this.reports = reports;
  }

  @Override
  public Set<String> forbidden() {
    return Set.of("openid");
  }

  @Override
  public Kept handle(Caller caller, Request request) {
    Secret account = PayoutForms.alipayAccount(request.account(), "card_no");
    return Kept.of(
        reports.accept(request.told().draft(caller, PayoutChannel.ALIPAY, account, null, null)));
  }
}
