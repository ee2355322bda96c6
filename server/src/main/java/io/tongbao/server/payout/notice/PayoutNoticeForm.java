package io.tongbao.server.payout.notice;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.notice.Letter;
import io.tongbao.server.notice.NoticeForm;
import io.tongbao.server.payment.HoldCause;
import io.tongbao.server.payment.Part;
import io.tongbao.server.payment.Payee;
import io.tongbao.server.payment.Payout;
import io.tongbao.server.payment.PayoutDetail;
import io.tongbao.server.payment.PayoutNews;
import io.tongbao.server.payment.PayoutStatus;
import io.tongbao.server.payment.Payouts;
import io.tongbao.server.payout.PayoutKeyring;
import io.tongbao.server.payout.order.OrderWords;
import io.tongbao.wire.payout.PayoutMessage;
import io.tongbao.wire.payout.PayoutNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * 消息通知: a payout has come to a status. The news says which; payee and amounts are read when an
 * attempt is written, so that they lie nowhere in clear. The number and the time of a notice are
 * the same in every attempt. Specification §2.1 (5).
 */
@Component
final class PayoutNoticeForm implements NoticeForm {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DONE = 200;
  private static final int MESS_DIGITS = 12;
  private static final List<Duration> SCHEDULE =
      List.of(
          Duration.ZERO,
          Duration.ofMinutes(4),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(15));

  private final Payouts payouts;
  private final PayoutKeyring keyring;

  PayoutNoticeForm(Payouts payouts, PayoutKeyring keyring) {
    this.payouts = payouts;
    this.keyring = keyring;
  }

  @Override
  public String event() {
    return PayoutNews.EVENT;
  }

  @Override
  public List<Duration> schedule() {
    return SCHEDULE;
  }

  @Override
  public Letter write(Merchant merchant, String facts, Instant now) {
    JsonNode news = JSON.readTree(facts);
    Payout payout = payouts.byRef(merchant, news.get("ref").asString()).orElseThrow();
    PayoutNotice notice =
        new PayoutNotice(
            news.get("notice").asString(),
            BeijingTime.parseSeconds(news.get("at").asString()),
            new Secret(JSON.writeValueAsString(data(merchant, payout, news))));
    PayoutMessage message = notice.sealed(Ids.digits(MESS_DIGITS), now, keyring.of(merchant));
    return new Letter(
        "POST",
        "",
        "application/x-www-form-urlencoded; charset=UTF-8",
        Bytes.utf8(message.form()),
        Map.of("dealer-id", merchant.code()));
  }

  @Override
  public boolean delivered(int status, String answer) {
    return status == DONE && answer.equals(PayoutNotice.DONE);
  }

  private static ObjectNode data(Merchant merchant, Payout payout, JsonNode news) {
    PayoutStatus status = PayoutStatus.ofCode(news.get("status").asInt());
    PayoutDetail detail = PayoutDetail.ofCode(news.get("detail").asInt());
    Payee payee = payout.payee();
    Optional<Part> system = payout.part(Part.Side.SYSTEM);
    Optional<Part> broker = payout.part(Part.Side.BROKER);
    return JSON.createObjectNode()
        .put("pay", payout.pay().yuan())
        .put("anchor_id", OrderWords.orEmpty(payout.words().anchorId()))
        .put("broker_amount", OrderWords.brokerAmount(payout))
        .put("broker_id", payout.brokerCode())
        .put("card_no", payee.account().reveal())
        .put("dealer_id", merchant.code())
        .put("id_card", OrderWords.idCard(payee).reveal())
        .put("order_id", payout.number())
        .put("phone_no", OrderWords.orEmpty(payee.phone()).reveal())
        .put("real_name", OrderWords.orEmpty(payee.name()).reveal())
        .put("ref", payout.ref())
        .put("notes", OrderWords.orEmpty(payout.words().notes()))
        .put("status", status.code())
        .put("status_detail", detail.code())
        .put("status_message", status.words())
        .put("status_detail_message", detailWords(status, detail, news.get("cause").asString()))
        .put("sys_amount", OrderWords.systemAmount(payout))
        .put("pay_remark", OrderWords.orEmpty(payout.words().payRemark()))
        .put("tax", OrderWords.NO_AMOUNT)
        .put("tax_level", "")
        .put("sys_wallet_ref", OrderWords.walletRef(system))
        .put("sys_bank_bill", OrderWords.bankBill(system))
        .put("broker_wallet_ref", OrderWords.walletRef(broker))
        .put("broker_bank_bill", OrderWords.bankBill(broker));
  }

  private static String detailWords(PayoutStatus status, PayoutDetail detail, String cause) {
    if (!cause.isEmpty()) {
      return HoldCause.valueOf(cause).words();
    }
    return detail == PayoutDetail.NONE ? status.words() : detail.words();
  }
}
