package io.tongbao.client.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.client.payout.OrderCalls.OrderState;
import io.tongbao.client.payout.OrderCalls.Query;
import io.tongbao.client.payout.OrderCalls.Receipt;
import io.tongbao.client.payout.OrderCalls.ToBankCard;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.Members;
import io.tongbao.wire.crypto.HmacSha256;
import io.tongbao.wire.payout.PayoutKeys;
import io.tongbao.wire.payout.PayoutMessage;
import io.tongbao.wire.payout.PayoutNotice;
import io.tongbao.wire.payout.PayoutUpload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the client sends and how it reads what comes, with the specification's printed sample. */
class PayoutClientTest {
  private static final Instant NOW = Instant.parse("2017-11-20T00:00:00Z");
  private static final Members VECTOR = vector();
  private static final PayoutKeys PRINTED =
      new PayoutKeys(new Secret(VECTOR.required("des3key")), new Secret(VECTOR.required("appkey")));
  private static final Secret WEBHOOK = new Secret("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz");

  private final Platform platform = new Platform();
  private final PayoutClient client =
      PayoutClient.at(
          platform.base(),
          new PayoutCredentials("sixcn", "yunyi", PRINTED, WEBHOOK),
          InstantSource.fixed(NOW));

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void sendsThePrintedSampleAsItIs() {
    PayoutMessage printed =
        new PayoutMessage(
            VECTOR.required("data"),
            VECTOR.required("mess"),
            VECTOR.required("timestamp"),
            VECTOR.required("sign"),
            "sha256");
    platform.answers("0000", "操作成功", "{\"order_id\":\"1\",\"ref\":\"2\",\"pay\":\"100.00\"}");
    Receipt receipt = client.send(card("1"), printed);
    assertThat(receipt).isEqualTo(new Receipt("1", "2", Money.ofFen(10_000)));
    assertThat(platform.last().message()).isEqualTo(printed);
    assertThat(platform.last().data(PRINTED)).isEqualTo(VECTOR.required("plaintext"));
  }

  @Test
  void readsThePrintedSampleWhereItComesEncrypted() {
    platform.answers("0000", "", "{\"encry_data\":\"" + VECTOR.required("data") + "\"}");
    Query query = Query.encrypted("201609010016562012987", Channel.BANK_CARD);
    assertThat(client.send(new Probe(), client.sign(query)))
        .isEqualTo(new Sample("201609010016562012987", Money.ofFen(10_000_000), new Secret("张三")));
    assertThat(platform.last().method()).isEqualTo("GET");
    assertThat(platform.last().data(PRINTED))
        .isEqualTo(
            "{\"order_id\":\"201609010016562012987\",\"channel\":\"银行卡\","
                + "\"data_type\":\"encryption\"}");
  }

  @Test
  void saysAnOrderAsTheSpecificationPrintsIt() {
    platform.answers("0000", "", "{\"order_id\":\"n1\",\"ref\":\"2\",\"pay\":\"12.30\"}");
    client.call(card("n1"));
    Platform.Asked asked = platform.last();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path()).isEqualTo("/api/payment/v1/order-realtime");
    assertThat(asked.dealer()).isEqualTo("sixcn");
    assertThat(asked.requestId()).isNotEmpty();
    assertThat(asked.message().time()).isEqualTo(NOW);
    assertThat(asked.data(PRINTED))
        .isEqualTo(
            "{\"dealer_id\":\"sixcn\",\"order_id\":\"n1\",\"broker_id\":\"yunyi\","
                + "\"real_name\":\"张三\",\"card_no\":\"6228480402637874214\","
                + "\"id_card\":\"53261231231232111X\",\"pay\":\"12.30\",\"pay_remark\":\"报酬\"}");
  }

  @Test
  void readsAnOrderAsTheSpecificationPrintsIt() {
    platform.answers(
        "0000",
        "操作成功",
        """
        {"pay":"100.00","anchor_id":"test","broker_amount":"-/-","broker_id":"yunyi",
         "card_no":"6228021232235288058","dealer_id":"sixcn","id_card":"120101198812142146",
         "order_id":"201609010016562012999","phone_no":"18601318616","real_name":"测试",
         "ref":"79822056820047883","notes":"56244623 20160901-1","status":1,"status_detail":0,
         "status_message":"已打款","status_detail_message":"已打款","sys_amount":"100.00",
         "pay_remark":"","tax":"-/-","tax_level":"","created_at":"2017-10-16 20:58:29",
         "finished_time":"2017-10-16 20:58:30"}
        """);
    OrderState state = client.call(Query.of("201609010016562012999", Channel.BANK_CARD));
    assertThat(state.status()).isEqualTo(OrderState.PAID);
    assertThat(state.isOnItsWay()).isFalse();
    assertThat(state.systemPart()).isEqualTo(Money.ofFen(10_000));
    assertThat(state.brokerPart()).isNull();
    assertThat(state.finishedAt()).isEqualTo(Instant.parse("2017-10-16T12:58:30Z"));
    assertThat(state.toString()).doesNotContain("6228021232235288058").doesNotContain("测试");
  }

  @Test
  void tellsRefusalsFromSilence() {
    platform.answers("2002", "已上传过该笔流水：176826728298982", null);
    assertThatThrownBy(() -> client.call(card("n2")))
        .isInstanceOfSatisfying(
            PayoutRefused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("2002");
              assertThat(refused.reason()).isEqualTo("已上传过该笔流水：176826728298982");
            });
    platform.breaksOff();
    assertThatThrownBy(() -> client.call(card("n3"))).isInstanceOf(OutcomeUnknown.class);
    platform.answers("<html>502</html>");
    assertThatThrownBy(() -> client.call(card("n4"))).isInstanceOf(OutcomeUnknown.class);
    platform.answers("0000", "", "{\"order_id\":\"1\",\"ref\":\"2\",\"pay\":\"1e9\"}");
    assertThatThrownBy(() -> client.call(card("n5"))).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void asksAgainUnderTheSameNumberAndNeverAfterANo() {
    platform.breaksOff();
    platform.answers("3000", "系统繁忙", null);
    platform.answers("0000", "", "{\"order_id\":\"n6\",\"ref\":\"2\",\"pay\":\"12.30\"}");
    long start = System.nanoTime();
    assertThat(client.callPatiently(card("n6"), 3).ref()).isEqualTo("2");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(590));
    assertThat(platform.asked()).hasSize(3);
    assertThat(platform.asked()).extracting(each -> each.data(PRINTED)).containsOnly(data("n6"));
    platform.answers("2016", "错误的打款金额", null);
    assertThatThrownBy(() -> client.callPatiently(card("n7"), 3)).isInstanceOf(PayoutRefused.class);
    assertThat(platform.asked()).hasSize(4);
    platform.breaksOff();
    platform.breaksOff();
    assertThatThrownBy(() -> client.callPatiently(card("n8"), 2))
        .isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void uploadsPicturesBesideTheSignedParameters() {
    platform.answers("0000", "操作成功", "{}");
    Bytes front = Bytes.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    Bytes back = Bytes.of(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF});
    client.upload(
        new VerificationCalls.IdentityCard(
            "yunyi", new Secret("张三"), new Secret("53261231231232111X")),
        front,
        back);
    Platform.Asked asked = platform.last();
    PayoutUpload came =
        PayoutUpload.read(Bytes.EMPTY, Objects.requireNonNull(asked.contentType()), asked.body());
    assertThat(came.front()).isEqualTo(front);
    assertThat(came.back()).isEqualTo(back);
    assertThat(came.message().authenticate(PRINTED).open().reveal())
        .isEqualTo(
            "{\"dealer_id\":\"sixcn\",\"broker_id\":\"yunyi\",\"real_name\":\"张三\","
                + "\"id_card\":\"53261231231232111X\"}");
  }

  @Test
  void believesNoNoticeThatThePlatformDidNotSign() {
    String order =
        "{\"order_id\":\"n9\",\"ref\":\"3\",\"pay\":\"1.00\",\"status\":9,\"status_detail\":213}";
    PayoutNotice notice = new PayoutNotice("14732279660721952", NOW, new Secret(order));
    Bytes body = Bytes.utf8(notice.sealed("m1", NOW, PRINTED).form());
    assertThat(client.notice(body).id()).isEqualTo("14732279660721952");
    assertThat(client.notice(body).at()).isEqualTo(NOW);
    assertThat(client.notice(body).order().status()).isEqualTo(OrderState.RETURNED);
    Bytes forged = Bytes.utf8(notice.sealed("m1", NOW, PayoutKeys.generate()).form());
    assertThatThrownBy(() -> client.notice(forged)).isInstanceOf(Refusal.class);
  }

  @Test
  void checksTheWebhookHeaders() {
    String order =
        "{\"order_id\":\"n9\",\"ref\":\"3\",\"pay\":\"1.00\",\"status\":1,\"status_detail\":0}";
    PayoutNotice notice = new PayoutNotice("1", NOW, new Secret(order));
    Bytes body = Bytes.utf8(notice.sealed("m1", NOW, PRINTED).form());
    Map<String, String> headers = webhook(body, NOW);
    assertThat(client.notice(body, headers::get).order().order()).isEqualTo("n9");
    headers.put("webhook-signature", "v1,AAAA " + headers.get("webhook-signature"));
    assertThat(client.notice(body, headers::get).order().order()).isEqualTo("n9");

    Map<String, String> stale = webhook(body, NOW.minusSeconds(301));
    assertThatThrownBy(() -> client.notice(body, stale::get)).isInstanceOf(Refusal.class);
    Map<String, String> moved = webhook(body, NOW);
    moved.put("webhook-id", "msg_2");
    assertThatThrownBy(() -> client.notice(body, moved::get)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> client.notice(body, _ -> null)).isInstanceOf(Refusal.class);
  }

  /** What the printed sample says, as far as it is looked at. */
  private record Sample(
      @JsonProperty("order_id") String order,
      @JsonProperty("pay") Money pay,
      @JsonProperty("real_name") Secret name) {}

  private record Probe() implements PayoutCall<Sample> {
    @Override
    public Verb verb() {
      return Verb.GET;
    }

    @Override
    public String path() {
      return "/api/payment/v1/query-realtime-order";
    }

    @Override
    public Class<Sample> answer() {
      return Sample.class;
    }
  }

  private static Map<String, String> webhook(Bytes body, Instant at) {
    HmacSha256 key = new HmacSha256(Bytes.ofBase64(WEBHOOK.reveal().substring(6)));
    String timestamp = Long.toString(at.getEpochSecond());
    Map<String, String> headers = new HashMap<>();
    headers.put("webhook-id", "msg_1");
    headers.put("webhook-timestamp", timestamp);
    String signed = "msg_1." + timestamp + "." + body.utf8();
    headers.put("webhook-signature", "v1," + key.of(Bytes.utf8(signed)).base64());
    return headers;
  }

  private static ToBankCard card(String order) {
    return new ToBankCard(
        order,
        "yunyi",
        new Secret("张三"),
        new Secret("6228480402637874214"),
        null,
        new Secret("53261231231232111X"),
        Money.ofFen(1_230),
        null,
        null,
        "报酬");
  }

  private static String data(String order) {
    return "{\"dealer_id\":\"sixcn\",\"order_id\":\""
        + order
        + "\",\"broker_id\":\"yunyi\",\"real_name\":\"张三\",\"card_no\":\"6228480402637874214\","
        + "\"id_card\":\"53261231231232111X\",\"pay\":\"12.30\",\"pay_remark\":\"报酬\"}";
  }

  private static Members vector() {
    try (InputStream file = PayoutClientTest.class.getResourceAsStream("known-answer.json")) {
      return Members.read(Bytes.of(Objects.requireNonNull(file).readAllBytes()).utf8());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
