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

/** 微信打款数据上报: a payout to a WeChat user that was made elsewhere. Specification §2.5 (3). */
@Endpoint("POST /api/notify/order-wxpay")
final class ReportWxpay implements PayoutOperation<ReportWxpay.Request, Kept> {

  record Request(
      @JsonProperty("order_id") String order,
      @JsonProperty("dealer_id") String dealer,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("openid") String openid,
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

  ReportWxpay(Reports reports) {
    this.reports = reports;
  }

  @Override
  public Set<String> forbidden() {
    return Set.of("card_no");
  }

  @Override
  public Kept handle(Caller caller, Request request) {
    Secret openid = new Secret(PayoutForms.openid(request.openid(), "openid"));
    return Kept.of(
        reports.accept(request.told().draft(caller, PayoutChannel.WXPAY, openid, null, null)));
  }
}
