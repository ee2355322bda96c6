package io.tongbao.wire.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Requests as clients spell them, and those that are refused. */
final class PayoutMessageTest {
  private static final PayoutKeys KEYS =
      new PayoutKeys(new Secret("abcdefgh12345678ABCDEFGH"), new Secret("0f1e2d3c4b5a"));
  private static final PayoutKeys OTHERS =
      new PayoutKeys(new Secret("zyxwvuts87654321ZYXWVUTS"), new Secret("a5b4c3d2e1f0"));
  private static final Instant NOW = Instant.ofEpochSecond(1_479_892_123);
  private static final String JSON = "{\"dealer_id\":\"tongbao\",\"real_name\":\"张三\",\"n\":1}";
  private static final PayoutMessage SENT = PayoutMessage.sealed(JSON, "12313", NOW, KEYS);
  private static final Bytes FORM = Bytes.utf8(SENT.form());
  private static final String PARTS = "multipart/form-data; boundary=b";

  @Test
  void takesEachVariantOfRunningClients() {
    Bytes encodedTwice =
        Bytes.utf8("data=" + Form.encode(Form.encode(SENT.data())) + "&mess=9&timestamp=1");
    Bytes junk = Bytes.utf8("%zz");
    Bytes plain =
        Bytes.utf8(
            "data=%s&mess=12313&timestamp=%s&sign=%s&sign_type=sha256"
                .formatted(SENT.data(), SENT.timestamp(), SENT.sign()));
    assertThat(SENT.data()).contains("+");
    for (PayoutMessage read :
        List.of(
            PayoutMessage.readGet(FORM, Bytes.EMPTY),
            PayoutMessage.readGet(FORM, encodedTwice),
            PayoutMessage.readGet(FORM, junk),
            PayoutMessage.readGet(Bytes.EMPTY, FORM),
            PayoutMessage.readGet(Bytes.utf8("x=1"), FORM),
            PayoutMessage.readPost(Bytes.EMPTY, null, FORM),
            PayoutMessage.readPost(FORM, null, Bytes.EMPTY),
            PayoutMessage.readPost(FORM, null, Bytes.utf8("{}")),
            PayoutMessage.readPost(Bytes.utf8("data=AAAA&mess=1"), null, FORM),
            PayoutMessage.readGet(plain, Bytes.EMPTY),
            PayoutMessage.readPost(Bytes.EMPTY, "application/json", plain),
            PayoutMessage.readPost(Bytes.utf8("data=AAAA"), PARTS, parts(FORM)),
            PayoutMessage.readPost(FORM, PARTS, parts(Bytes.utf8("mess=9"))),
            PayoutMessage.readNotice(FORM))) {
      assertThat(read).isEqualTo(SENT);
      assertThat(read.authenticate(KEYS).open().reveal()).isEqualTo(JSON);
    }
  }

  @Test
  void theSourceThatCountsCountsAlone() {
    Bytes dataOnly = Bytes.utf8("data=" + Form.encode(SENT.data()));
    refused(Reason.MISSING_FIELD, () -> PayoutMessage.readGet(dataOnly, FORM));
    refused(Reason.MISSING_FIELD, () -> PayoutMessage.readPost(FORM, null, dataOnly));
  }

  @Test
  void refusesDoubledAndMissingParameters() {
    for (String name : List.of("data", "mess", "timestamp", "sign")) {
      String form = SENT.form();
      Bytes doubled = Bytes.utf8(form + "&" + name + "=1");
      Bytes without = Bytes.utf8(form.replaceFirst("(^|&)" + name + "=[^&]*", "&"));
      refused(Reason.MALFORMED, () -> PayoutMessage.readPost(Bytes.EMPTY, null, doubled));
      refused(Reason.MALFORMED, () -> PayoutMessage.readGet(doubled, Bytes.EMPTY));
      refused(Reason.MISSING_FIELD, () -> PayoutMessage.readPost(Bytes.EMPTY, null, without));
      refused(Reason.MISSING_FIELD, () -> PayoutMessage.readGet(without, Bytes.EMPTY));
    }
  }

  @Test
  void aRightCodeCountsWhateverTheLabel() {
    for (String label : new String[] {"SHA256", "rsa", "md5"}) {
      PayoutMessage right = with(SENT.data(), "12313", SENT.timestamp(), SENT.sign(), label);
      assertThat(right.authenticate(KEYS).open().reveal()).isEqualTo(JSON);
      refused(Reason.BAD_FIELD, () -> right.authenticate(OTHERS));
    }
    PayoutMessage unlabelled =
        new PayoutMessage(SENT.data(), "12313", SENT.timestamp(), SENT.sign(), null);
    assertThat(unlabelled.authenticate(KEYS).message()).isEqualTo(unlabelled);
    refused(Reason.MISSING_FIELD, () -> unlabelled.authenticate(OTHERS));
    refused(Reason.BAD_SIGNATURE, () -> SENT.authenticate(OTHERS));
  }

  @Test
  void refusesWhatWasChanged() {
    String otherData = PayoutMessage.sealed("{}", "12313", NOW, OTHERS).data();
    String sign = SENT.sign();
    String upper = sign.toUpperCase(java.util.Locale.ROOT);
    for (PayoutMessage bent :
        List.of(
            with(otherData, "12313", SENT.timestamp(), sign, "sha256"),
            with(SENT.data(), "12314", SENT.timestamp(), sign, "sha256"),
            with(SENT.data(), "12313", "1479892124", sign, "sha256"),
            with(SENT.data(), "12313", "1479892123000", sign, "sha256"),
            with(SENT.data(), "12313", SENT.timestamp(), upper, "sha256"),
            with(SENT.data(), "12313", SENT.timestamp(), sign.substring(2), "sha256"),
            with(SENT.data(), "12313", SENT.timestamp(), "0".repeat(64), "sha256"))) {
      refused(Reason.BAD_SIGNATURE, () -> bent.authenticate(KEYS));
    }
  }

  @Test
  void refusesOtherShapes() {
    String time = SENT.timestamp();
    for (String data : List.of("AAA", "AA A", "AAAA\n", "AA=A", "A===", "AA-_", "ＡＡＡＡ", "")) {
      refused(Reason.BAD_FIELD, () -> with(data, "1", time, "x", "sha256"));
    }
    for (String bad : List.of("", "-1", "1.0", "1e3", "+1", "１２３", "1\n", "9".repeat(17))) {
      refused(Reason.BAD_FIELD, () -> with("AAAA", "1", bad, "x", "sha256"));
    }
    refused(Reason.BAD_FIELD, () -> with("AAAA", "", time, "x", "sha256"));
    refused(Reason.BAD_FIELD, () -> with("AAAA", "m".repeat(1025), time, "x", "sha256"));
  }

  @Test
  void whatIsSignedButNotEncryptedIsRefusedOnOpening() {
    for (String data : List.of("AAAA", "AAAAAAAAAAA=", "////////////////////////////////")) {
      String sign = KEYS.sign("data=" + data + "&mess=1&timestamp=1");
      PayoutMessage message = with(data, "1", "1", sign, "sha256");
      refused(Reason.DECRYPTION_FAILED, () -> message.authenticate(KEYS).open());
    }
  }

  @Test
  void readsSecondsAndMilliseconds() {
    assertThat(at("123457").time()).isEqualTo(Instant.ofEpochSecond(123_457));
    assertThat(at("99999999999").time()).isEqualTo(Instant.ofEpochSecond(99_999_999_999L));
    assertThat(at("100000000000").time()).isEqualTo(Instant.ofEpochMilli(100_000_000_000L));
    assertThat(at("1479892123456").time()).isEqualTo(NOW.plusMillis(456));
    assertThat(at("9".repeat(16)).isFresh(NOW)).isFalse();
    assertThat(SENT.isFresh(NOW.plus(Duration.ofMinutes(5)))).isTrue();
    assertThat(SENT.isFresh(NOW.plus(Duration.ofMinutes(5)).plusMillis(1))).isFalse();
    assertThat(SENT.isFresh(NOW.minus(Duration.ofMinutes(5)))).isTrue();
    assertThat(SENT.isFresh(NOW.minus(Duration.ofMinutes(5)).minusMillis(1))).isFalse();
  }

  /** THREATS T-X1, and T2-1: what is known again does not depend on the signature's spelling. */
  @Test
  void distinctMessagesHaveDistinctStrings() {
    Random random = new Random(4);
    Map<String, PayoutMessage> seen = new HashMap<>();
    String[] pieces = {"1", "&", "mess=", "&timestamp=", "=", "data=", "AAAA"};
    for (int i = 0; i < 200_000; i++) {
      StringBuilder mess = new StringBuilder(pieces[random.nextInt(pieces.length)]);
      for (int n = random.nextInt(5); n > 0; n--) {
        mess.append(pieces[random.nextInt(pieces.length)]);
      }
      String data = random.nextBoolean() ? "AAAA" : "AAAAAAAA";
      String time = random.nextBoolean() ? "1" : "11";
      PayoutMessage message = with(data, mess.toString(), time, "x", "sha256");
      PayoutMessage before = seen.putIfAbsent(message.canonical(), message);
      assertThat(before == null || before.equals(message)).isTrue();
    }
    assertThat(seen).hasSizeGreaterThan(10_000);
    PayoutMessage relabelled = with(SENT.data(), "12313", SENT.timestamp(), "x", "y");
    assertThat(relabelled.digest()).isEqualTo(SENT.digest());
  }

  @Test
  void headersHaveTheirShapes() {
    assertThat(PayoutHeaders.of("sixcn", "r-1").dealerId()).isEqualTo("sixcn");
    refused(Reason.MISSING_FIELD, () -> PayoutHeaders.of(null, "r-1"));
    refused(Reason.MISSING_FIELD, () -> PayoutHeaders.of("sixcn", ""));
    refused(Reason.BAD_FIELD, () -> PayoutHeaders.of("six cn", "1"));
    refused(Reason.BAD_FIELD, () -> PayoutHeaders.of("sixcn", "a\r\nb"));
  }

  /** The pairs of a form, each as a part. */
  private static Bytes parts(Bytes form) {
    StringBuilder body = new StringBuilder();
    for (Form.Field field : Form.read(form).fields()) {
      body.append("--b\r\nContent-Disposition: form-data; name=\"")
          .append(field.name())
          .append("\"\r\n\r\n")
          .append(field.value())
          .append("\r\n");
    }
    return Bytes.utf8(body.append("--b--\r\n").toString());
  }

  private static PayoutMessage at(String timestamp) {
    return with("AAAA", "1", timestamp, "x", "sha256");
  }

  private static PayoutMessage with(
      String data, String mess, String timestamp, String sign, String signType) {
    return new PayoutMessage(data, mess, timestamp, sign, signType);
  }

  private static void refused(Reason reason, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
