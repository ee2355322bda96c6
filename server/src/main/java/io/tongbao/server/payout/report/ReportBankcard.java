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

/** 银行卡打款数据上报: a payout to a bank card that was made elsewhere. Specification §2.5 (1). */
@Endpoint("POST /api/notify/order-bankcard")
final class ReportBankcard implements PayoutOperation<ReportBankcard.Request, Kept> {

  record Request(
      @JsonProperty("order_id") String order,
      @JsonProperty("dealer_id") String dealer,
      @JsonProperty("broker_id") String broker,
      @JsonProperty("real_name") Secret realName,
      @JsonProperty("card_no") Secret card,
      @JsonProperty("phone_no") @Nullable Secret phone,
      @JsonProperty("id_card") Secret idCard,
      @JsonProperty("pay") Money pay,
      @JsonProperty("anchor_id") @Nullable String anchor,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("result") Outcome result,
      @JsonProperty("notes") @Nullable String notes) {

    Told told() {
      return new Told(order, broker, realName, idCard, pay, createdAt, result, notes);
    }
  }

  private final Reports reports;

  ReportBankcard(Reports reports) {
    this.reports = reports;
  }

  @Override
  public Set<String> forbidden() {
    return Set.of("openid");
  }

  @Override
  public Kept handle(Caller caller, Request request) {
    Secret card = PayoutForms.bankCard(request.card(), "card_no");
    return Kept.of(
        reports.accept(
            request
                .told()
                .draft(caller, PayoutChannel.BANKCARD, card, request.phone(), request.anchor())));
  }
}
