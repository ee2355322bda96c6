package io.tongbao.wire.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.Form;
import io.tongbao.wire.Members;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The sample that the specification prints (payout chapter 4 §2 and §3), scanning errors mended.
 */
final class PayoutKnownAnswerTest {
  private static final Members VECTOR = vector();
  private static final PayoutKeys KEYS =
      new PayoutKeys(new Secret(known("des3key")), new Secret(known("appkey")));

  @Test
  void encryptsAsPrinted() {
    assertThat(KEYS.seal(known("plaintext"))).isEqualTo(known("data"));
    assertThat(KEYS.open(known("data")).reveal()).isEqualTo(known("plaintext"));
  }

  @Test
  void signsAsPrinted() {
    assertThat(message().canonical())
        .isEqualTo("data=" + known("data") + "&mess=12313&timestamp=123457");
    assertThat(KEYS.sign(message().canonical())).isEqualTo(known("sign"));
  }

  @Test
  void readsThePrintedRequest() {
    PayoutMessage read = PayoutMessage.readPost(Bytes.EMPTY, null, Bytes.utf8(message().form()));
    assertThat(read).isEqualTo(message());
    assertThat(read.authenticate(KEYS).open().reveal()).isEqualTo(known("plaintext"));
    assertThat(Form.read(Bytes.utf8(message().form())).required("sign_type")).isEqualTo("sha256");
  }

  @Test
  void knowsThatThePrintedKeysAreNoSecret() {
    assertThat(KEYS.areWeak()).isTrue();
    assertThat(PayoutKeys.generate().areWeak()).isFalse();
  }

  private static PayoutMessage message() {
    return new PayoutMessage(
        known("data"), known("mess"), known("timestamp"), known("sign"), "sha256");
  }

  private static String known(String name) {
    return VECTOR.required(name);
  }

  private static Members vector() {
    try (InputStream file = PayoutKnownAnswerTest.class.getResourceAsStream("known-answer.json")) {
      return Members.read(Bytes.of(Objects.requireNonNull(file).readAllBytes()).utf8());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
