package io.tongbao.wire.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaSigner;
import io.tongbao.wire.crypto.RsaVerifier;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers, notices and returns: what the platform signs, and what a client may believe. */
final class EscrowAnswerTest {
  private static final KeyPair KEYS = RsaKeys.generate();
  private static final RsaSigner PLATFORM = new RsaSigner(KEYS.getPrivate(), RsaScheme.SHA1);
  private static final RsaVerifier KNOWN = new RsaVerifier(KEYS.getPublic(), RsaScheme.SHA1);
  private static final String VALUE = "{\"orderNo\":\"8123\",\"bizUserId\":\"通宝 \\\"1\\\"\"}";
  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

  @Test
  void anAnswerHoldsItsObjectAsAString() {
    EscrowAnswer answer = EscrowAnswer.ok(VALUE, PLATFORM);
    JsonNode node = JsonMapper.shared().readTree(answer.json());
    assertThat(node.propertyNames()).containsExactly("status", "signedValue", "sign");
    assertThat(node.get("status").asString()).isEqualTo("OK");
    assertThat(node.get("signedValue").isString()).isTrue();
    assertThat(node.get("signedValue").asString()).isEqualTo(VALUE);
    byte[] sign = Base64.getDecoder().decode(node.get("sign").asString());
    assertThat(KNOWN.verify(VALUE, Bytes.of(sign))).isTrue();
    assertThat(EscrowAnswer.read(answer.json(), KNOWN)).isEqualTo(answer);
    assertThat(answer.isOk()).isTrue();
  }

  @Test
  void aRefusalIsSignedToo() {
    EscrowAnswer answer = EscrowAnswer.error("30000", "会员已存在", PLATFORM);
    JsonNode node = JsonMapper.shared().readTree(answer.json());
    assertThat(node.propertyNames())
        .containsExactly("status", "signedValue", "sign", "errorCode", "message");
    assertThat(node.get("signedValue").asString()).isEqualTo("error");
    EscrowAnswer read = EscrowAnswer.read(answer.json(), KNOWN);
    assertThat(read).isEqualTo(answer);
    assertThat(read.isOk()).isFalse();
  }

  @Test
  void aClientBelievesNothingElse() {
    String good = EscrowAnswer.ok(VALUE, PLATFORM).json();
    String refusal = EscrowAnswer.error("9999", "内部错误", PLATFORM).json();
    for (String bad :
        List.of(
            good.replace("8123", "8124"),
            good.replace("\"OK\"", "\"error\""),
            refusal.replace("\"status\":\"error\"", "\"status\":\"OK\""),
            good.replace("\"OK\"", "\"ok\""),
            good.replace("\"sign\":\"", "\"sign\":\"A"),
            good.replace("\"sign\"", "\"sing\""),
            good.replace("{\"status\"", "{\"status\":\"OK\",\"status\""),
            good + "x",
            "{\"status\":\"OK\",\"signedValue\":{\"a\":1},\"sign\":\"AAAA\"}",
            "<html>502</html>",
            "")) {
      assertThatThrownBy(() -> EscrowAnswer.read(bad, KNOWN)).as(bad).isInstanceOf(Refusal.class);
    }
    RsaVerifier stranger = RsaVerifier.decoy(RsaScheme.SHA1);
    assertThatThrownBy(() -> EscrowAnswer.read(good, stranger)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> EscrowAnswer.ok("[1]", PLATFORM)).isInstanceOf(Refusal.class);
  }

  @Test
  void aNoticeIsAForm() {
    String rps = "{\"service\":\"OrderService\",\"returnValue\":{\"a\":\"100%+&=\"}}";
    EscrowNotice notice = EscrowNotice.signed("100009001000", NOON, rps, PLATFORM);
    assertThat(notice.form()).startsWith("sysid=100009001000&sign=").contains("&v=1.0&rps=%7B");
    EscrowNotice read = EscrowNotice.read(Bytes.utf8(notice.form()), KNOWN);
    assertThat(read).isEqualTo(notice);
    assertThat(read.time()).isEqualTo(NOON);
    for (String bad :
        List.of(
            notice.form().replace("12%3A00%3A00", "12%3A00%3A01"),
            notice.form().replace("100009001000", "100009001001"),
            notice.form().replace("OrderService", "orderService"),
            notice.form() + "&rps=%7B%7D",
            "")) {
      assertThatThrownBy(() -> EscrowNotice.read(Bytes.utf8(bad), KNOWN))
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void aBrowserCarriesTheReturn() {
    EscrowReturn back = EscrowReturn.ok("100009001000", VALUE, PLATFORM);
    assertThat(EscrowReturn.read(Bytes.utf8(back.query()), KNOWN)).isEqualTo(back);
    assertThat(back.isOk()).isTrue();
    assertThat(back.address("https://shop.example/back"))
        .startsWith("https://shop.example/back?sysid=100009001000&sign=");
    assertThat(back.address("https://shop.example/back?a=1"))
        .startsWith("https://shop.example/back?a=1&sysid=");
    EscrowReturn refusal = EscrowReturn.error("100009001000", PLATFORM);
    assertThat(EscrowReturn.read(Bytes.utf8(refusal.query()), KNOWN)).isEqualTo(refusal);
    assertThat(refusal.isOk()).isFalse();
    String flipped = refusal.query().replace("status=error", "status=OK");
    assertThatThrownBy(() -> EscrowReturn.read(Bytes.utf8(flipped), KNOWN))
        .isInstanceOf(Refusal.class);
    String bent = back.query().replace("8123", "8124");
    assertThatThrownBy(() -> EscrowReturn.read(Bytes.utf8(bent), KNOWN))
        .isInstanceOf(Refusal.class);
  }

  /** Nothing that the platform signs in one place can stand in another. */
  @Test
  void signaturesDoNotWander() {
    EscrowNotice notice = EscrowNotice.signed("100009001000", NOON, VALUE, PLATFORM);
    assertThatThrownBy(() -> EscrowAnswer.ok(notice.canonical(), PLATFORM))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> EscrowReturn.ok("100009001000", notice.canonical(), PLATFORM))
        .isInstanceOf(Refusal.class);
  }
}
