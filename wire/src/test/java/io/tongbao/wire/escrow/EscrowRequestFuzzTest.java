package io.tongbao.wire.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.Members;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** Whatever bytes arrive, the answer is a request in the right shape or a refusal. */
final class EscrowRequestFuzzTest {
  /** The query up to the first NUL, the body behind it. */
  @FuzzTest
  void readsOrRefuses(byte[] data) {
    int cut = 0;
    while (cut < data.length && data[cut] != 0) {
      cut++;
    }
    Bytes query = Bytes.of(Arrays.copyOf(data, cut));
    Bytes body = Bytes.of(Arrays.copyOfRange(data, Math.min(cut + 1, data.length), data.length));
    check(() -> EscrowRequest.read(query, body));
    check(() -> EscrowRequest.readPage(query, body));
  }

  @FuzzTest
  void readsOrRefusesAnAnswer(byte[] data) {
    String json = new String(data, StandardCharsets.UTF_8);
    try {
      EscrowAnswer answer = EscrowAnswer.read(json, (content, signature) -> true);
      assertThat(EscrowAnswer.read(answer.json(), (content, signature) -> true)).isEqualTo(answer);
    } catch (Refusal refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  @FuzzTest
  void readsOrRefusesAnObject(byte[] data) {
    String json = new String(data, StandardCharsets.UTF_8);
    try {
      Members members = Members.read(json);
      String raw = members.raw("a");
      String again = new Members.Writer().raw("a", raw).end();
      assertThat(Members.read(again).raw("a")).isEqualTo(raw);
      assertThat(Members.read(again).text("a")).isEqualTo(members.text("a"));
    } catch (Refusal refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  private static void check(Supplier<EscrowRequest> reading) {
    EscrowRequest request;
    try {
      request = reading.get();
    } catch (Refusal refused) {
      return;
    }
    Bytes again = Bytes.utf8(request.form());
    assertThat(EscrowRequest.read(Bytes.EMPTY, again)).isEqualTo(request);
    Bytes page = Bytes.utf8(request.pageQuery());
    assertThat(EscrowRequest.readPage(page, Bytes.EMPTY)).isEqualTo(request);
  }
}
