package io.tongbao.server.escrow.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.notice.Letter;
import io.tongbao.server.notice.NoticeForm;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaVerifier;
import io.tongbao.wire.escrow.EscrowNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Escrow's notices as a client reads them: signed, complete, the order number first. */
@TestServer
class RpsFormTest {
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Merchant MERCHANT =
      new Merchant(
          1,
          Face.ESCROW,
          "100000000001",
          "测试商户",
          Map.of(),
          Map.of(),
          List.of(),
          Set.of(),
          Duration.ZERO);

  @Autowired private EscrowKeys keys;
  @Autowired private List<NoticeForm> forms;

  @Test
  void tellsOfAnOrder() {
    EscrowNotice notice =
        read(
            "escrow.order",
            """
            {"status": "OK", "amount": 100, "extendInfo": "中文&=\\"", "bizOrderNo": "b-1",
             "payDatetime": "2026-03-02 12:00:00", "orderNo": "01234567890123456789001",
             "buyerBizUserId": "u-1", "refundWhereabouts": 2}
            """);
    assertThat(notice.sysid()).isEqualTo("100000000001");
    assertThat(notice.timestamp()).isEqualTo("2026-03-02 12:00:00");
    assertThat(notice.rps())
        .isEqualTo(
            "{\"service\":\"OrderService\",\"method\":\"pay\",\"returnValue\":{"
                + "\"orderNo\":\"01234567890123456789001\",\"bizOrderNo\":\"b-1\",\"amount\":100,"
                + "\"payDatetime\":\"2026-03-02 12:00:00\",\"buyerBizUserId\":\"u-1\","
                + "\"refundWhereabouts\":2,\"extendInfo\":\"中文&=\\\"\"},\"status\":\"OK\"}");
  }

  @Test
  void tellsOfAFailure() {
    EscrowNotice notice =
        read(
            "escrow.order",
            """
            {"message": "余额不足", "errorCode": "40006", "status": "error", "bizOrderNo": "b-1",
             "orderNo": "0", "amount": 1, "buyerBizUserId": "u"}
            """);
    assertThat(notice.rps())
        .endsWith("},\"status\":\"error\",\"errorCode\":\"40006\",\"message\":\"余额不足\"}");
  }

  @Test
  void tellsOfAnAudit() {
    EscrowNotice notice =
        read(
            "escrow.verifyResult",
            """
            {"checkTime": "2026-03-02 12:00:00", "bizUserId": "u-1", "result": 3,
             "failReason": "资料不清", "remark": null}
            """);
    assertThat(notice.rps())
        .isEqualTo(
            "{\"service\":\"MemberService\",\"method\":\"verifyResult\",\"returnValue\":{"
                + "\"bizUserId\":\"u-1\",\"result\":3,\"checkTime\":\"2026-03-02 12:00:00\","
                + "\"failReason\":\"资料不清\"},\"status\":\"OK\"}");
  }

  @Test
  void isDoneOn200Only() {
    for (int status : new int[] {200, 201, 204, 302, 400, 500}) {
      assertThat(form("escrow.order").delivered(status, "anything")).isEqualTo(status == 200);
    }
    assertThat(form("escrow.order").schedule().stream().map(Duration::toSeconds))
        .containsExactly(5L, 120L, 600L, 900L, 3_600L, 7_200L, 21_600L, 54_000L);
  }

  private EscrowNotice read(String event, String facts) {
    Letter letter = form(event).write(MERCHANT, facts, NOON);
    assertThat(letter.method()).isEqualTo("POST");
    assertThat(letter.contentType()).startsWith("application/x-www-form-urlencoded");
    return EscrowNotice.read(letter.body(), new RsaVerifier(keys.publicKey(), RsaScheme.SHA1));
  }

  private NoticeForm form(String event) {
    return forms.stream().filter(form -> form.event().equals(event)).findFirst().orElseThrow();
  }
}
