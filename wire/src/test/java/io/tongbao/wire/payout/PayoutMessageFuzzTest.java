package io.tongbao.wire.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;

/** Whatever bytes arrive, the answer is a message in the right shape or a refusal. */
final class PayoutMessageFuzzTest {
  private static final PayoutKeys KEYS =
      new PayoutKeys(new Secret("abcdefgh12345678ABCDEFGH"), new Secret("0f1e2d3c4b5a"));

  /** The query up to the first NUL, the body behind it. */
  @FuzzTest
  void readsOrRefuses(byte[] data) {
    Bytes query = Bytes.of(Arrays.copyOf(data, cut(data)));
    Bytes body = behind(data);
    check(() -> PayoutMessage.readGet(query, body));
    check(() -> PayoutMessage.readPost(query, null, body));
  }

  /** Decryption too, as if the code had been right. */
  @FuzzTest
  void opensOrRefuses(byte[] data) {
    String sealed = new String(data, StandardCharsets.US_ASCII);
    try {
      String json = KEYS.open(sealed).reveal();
      assertThat(KEYS.open(KEYS.seal(json)).reveal()).isEqualTo(json);
    } catch (Refusal refused) {
      assertThat(refused.reason()).isEqualTo(Refusal.Reason.DECRYPTION_FAILED);
    }
  }

  /** The content type up to the first NUL, the body behind it. */
  @FuzzTest
  void readsOrRefusesAnUpload(byte[] data) {
    String type = new String(data, 0, cut(data), StandardCharsets.UTF_8);
    try {
      PayoutUpload upload = PayoutUpload.read(Bytes.EMPTY, type, behind(data));
      Bytes again = upload.body("a-boundary-that-no-picture-has");
      String typeAgain = "multipart/form-data; boundary=a-boundary-that-no-picture-has";
      PayoutUpload reread = PayoutUpload.read(Bytes.EMPTY, typeAgain, again);
      assertThat(reread.front()).isEqualTo(upload.front());
      assertThat(reread.back()).isEqualTo(upload.back());
    } catch (Refusal refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  private static int cut(byte[] data) {
    int cut = 0;
    while (cut < data.length && data[cut] != 0) {
      cut++;
    }
    return cut;
  }

  private static Bytes behind(byte[] data) {
    return Bytes.of(Arrays.copyOfRange(data, Math.min(cut(data) + 1, data.length), data.length));
  }

  private static void check(Supplier<PayoutMessage> reading) {
    PayoutMessage message;
    try {
      message = reading.get();
    } catch (Refusal refused) {
      return;
    }
    PayoutMessage again = PayoutMessage.readPost(Bytes.EMPTY, null, Bytes.utf8(message.form()));
    assertThat(again.canonical()).isEqualTo(message.canonical());
    assertThat(again.sign()).isEqualTo(message.sign());
    assertThat(again.isFresh(Instant.EPOCH)).isEqualTo(message.isFresh(Instant.EPOCH));
    assertThatThrownBy(() -> message.authenticate(KEYS)).isInstanceOf(Refusal.class);
  }
}
