package io.tongbao.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.tongbao.kernel.Refusal;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** JSON from strangers (THREATS T-X2): each of these is refused before it costs anything. */
class JsonTest {
  private static final long MOST_NANOS = 50_000_000;
  private static final long MOST_BYTES = 20_000_000;
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<String> hostile() {
    return Stream.of(
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"{}\"",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{},",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"x\":{\"a\":1,\"a\":2}}",
        "{\"x\":[{\"a\":1,\"a\":2}]}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":0x10}",
        "{\"a\":1 /* remark */}",
        "{\"a\":1 // remark\n}",
        "{\"a\":TRUE}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\\u00\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\u001b[31m\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"\\u0000\":1}",
        "{\"x\":[\"\\b\"]}",
        "{\"a\":\"\ud800\"}",
        "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}",
        "{\"a\":".repeat(33) + "1" + "}".repeat(33),
        "{\"a\":" + "[".repeat(100_000),
        "{\"a\":" + "9".repeat(33) + "}",
        "{\"a\":1" + "0".repeat(1_000_000) + "}",
        "{\"a\":1e" + "9".repeat(40) + "}",
        "{\"a\":\"" + "x".repeat(64 * 1024 + 1) + "\"}",
        "{\"" + "n".repeat(257) + "\":1}",
        "{\"a\":[" + "1,".repeat(20_000) + "1]}",
        "{\"a\":[" + "1,".repeat(100_000) + "1]}",
        "\ufeff\ufeff{}");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refuses(String text) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> Json.object("req", text));
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.BAD_FIELD);
    assertThat(refusal.subject()).matches("req|a|x");
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    long nanos = THREAD.getCurrentThreadCpuTime();
    assertThatThrownBy(() -> Json.object("req", text)).isInstanceOf(Refusal.class);
    assertThat(THREAD.getCurrentThreadCpuTime() - nanos).isLessThan(MOST_NANOS);
    assertThat(THREAD.getCurrentThreadAllocatedBytes() - bytes).isLessThan(MOST_BYTES);
  }

  @Test
  void takesWhatIsWithinTheLimits() {
    String deep = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
    assertThat(Json.object("req", deep).isObject()).isTrue();
    String longText = "x".repeat(64 * 1024);
    JsonNode read = Json.object("req", "{\"a\":\"%s\"}".formatted(longText));
    assertThat(read.get("a").stringValue()).isEqualTo(longText);
    assertThat(Json.object("req", " {\"a\" : \"\\ud840\\udc00\\n𠀀\"}\n").get("a").stringValue())
        .isEqualTo("𠀀\n𠀀");
    assertThat(Json.object("req", "{\"a\":" + "9".repeat(32) + "}").get("a").isBigInteger())
        .isTrue();
    String item = "{\"n\":\"12345\",\"a\":1,\"b\":2,\"c\":{\"d\":[1,2,3]}}";
    String list = "{\"a\":[" + (item + ",").repeat(3_000) + item + "]}";
    assertThat(Json.object("req", list).get("a").size()).isEqualTo(3_001);
  }
}
