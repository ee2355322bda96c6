package io.tongbao.wire.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers and notices. */
final class PayoutAnswerTest {
  private static final PayoutKeys KEYS =
      new PayoutKeys(new Secret("abcdefgh12345678ABCDEFGH"), new Secret("0f1e2d3c4b5a"));
  private static final PayoutKeys OTHERS =
      new PayoutKeys(new Secret("zyxwvuts87654321ZYXWVUTS"), new Secret("a5b4c3d2e1f0"));
  private static final String DATA = "{ \"order_id\": \"1\", \"pay\": \"100.00\" }";
  private static final Instant NOON = Instant.parse("2017-05-25T03:49:34Z");

  @Test
  void anAnswerCarriesItsDataAsItStands() {
    PayoutAnswer answer = PayoutAnswer.ok("操作成功", "req-\"1\"", DATA);
    assertThat(answer.json()).endsWith(",\"data\":" + DATA + "}");
    JsonNode node = JsonMapper.shared().readTree(answer.json());
    assertThat(node.propertyNames()).containsExactly("code", "message", "request_id", "data");
    assertThat(node.get("code").asString()).isEqualTo("0000");
    PayoutAnswer read = PayoutAnswer.read(answer.json());
    assertThat(read).isEqualTo(answer);
    assertThat(read.isOk()).isTrue();
    assertThat(read.open(KEYS).reveal()).isEqualTo(DATA);
  }

  @Test
  void aRefusalHasNoData() {
    PayoutAnswer answer = PayoutAnswer.refusal("1003", "签名错误", "r1");
    assertThat(answer.json())
        .isEqualTo("{\"code\":\"1003\",\"message\":\"签名错误\",\"request_id\":\"r1\"}");
    assertThat(PayoutAnswer.read(answer.json()).isOk()).isFalse();
    assertThatThrownBy(() -> answer.open(KEYS)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> PayoutAnswer.read("{}")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> PayoutAnswer.read("502")).isInstanceOf(Refusal.class);
  }

  @Test
  void dataMayBeEncryptedInTwoWays() {
    PayoutAnswer wrapped = PayoutAnswer.ok("ok", "r", PayoutAnswer.encrypted(DATA, KEYS));
    PayoutAnswer bare = PayoutAnswer.ok("ok", "r", PayoutAnswer.bare(DATA, KEYS));
    assertThat(wrapped.json()).contains("\"data\":{\"encry_data\":\"").doesNotContain("100.00");
    assertThat(PayoutAnswer.read(wrapped.json()).open(KEYS).reveal()).isEqualTo(DATA);
    assertThat(PayoutAnswer.read(bare.json()).open(KEYS).reveal()).isEqualTo(DATA);
    assertThatThrownBy(() -> wrapped.open(OTHERS)).isInstanceOf(Refusal.class);
  }

  @Test
  void aNoticeSaysWhatHappened() {
    PayoutNotice notice = new PayoutNotice("14732279660721952", NOON, new Secret(DATA));
    PayoutMessage sent = notice.sealed("77", NOON.plusSeconds(3), KEYS);
    assertThat(sent.timestamp()).isEqualTo(Long.toString(NOON.getEpochSecond() + 3));
    assertThat(sent.authenticate(KEYS).open().reveal())
        .startsWith(
            "{\"notify_id\":\"14732279660721952\",\"notify_time\":\"2017-05-25 11:49:34\",\"data\":{");
    assertThat(PayoutNotice.read(Bytes.utf8(sent.form()), KEYS)).isEqualTo(notice);
    Bytes bent = Bytes.utf8(sent.form().replace("mess=77", "mess=78"));
    assertThatThrownBy(() -> PayoutNotice.read(bent, KEYS)).isInstanceOf(Refusal.class);
    for (String json :
        new String[] {"{}", "{\"notify_id\":\"1\",\"notify_time\":\"x\",\"data\":1}"}) {
      Bytes form = Bytes.utf8(PayoutMessage.sealed(json, "1", NOON, KEYS).form());
      assertThatThrownBy(() -> PayoutNotice.read(form, KEYS)).isInstanceOf(Refusal.class);
    }
  }
}
