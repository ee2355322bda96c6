package io.tongbao.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Refusal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The outermost object, and the bombs that are no such thing. */
final class MembersTest {
  @Test
  void keepsEachMemberAsItStood() {
    Members members =
        Members.read(
            "{ \"s\" : \"a\\u901a\\n\" ,\"n\": 1.50,\"o\" : { \"x\" : [ 1 , {} ] } ,\"t\":true,"
                + "\"z\":null, \"e\": \"\", \"l\" : 7 }");
    assertThat(members.text("s")).isEqualTo("a通\n");
    assertThat(members.raw("s")).isEqualTo("\"a\\u901a\\n\"");
    assertThat(members.raw("n")).isEqualTo("1.50");
    assertThat(members.text("n")).isEqualTo("1.50");
    assertThat(members.raw("o")).isEqualTo("{ \"x\" : [ 1 , {} ] }");
    assertThat(members.text("o")).isNull();
    assertThat(members.text("t")).isEqualTo("true");
    assertThat(members.raw("z")).isNull();
    assertThat(members.text("e")).isEmpty();
    assertThat(members.raw("e")).isEqualTo("\"\"");
    assertThat(members.raw("l")).isEqualTo("7");
    assertThatThrownBy(() -> members.required("z")).isInstanceOf(Refusal.class);
  }

  @Test
  void readsWhatItWrote() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      StringBuilder value = new StringBuilder();
      for (int n = random.nextInt(300); n > 0; n--) {
        int point = random.nextInt(4) == 0 ? random.nextInt(0x300) : 0x4e00 + random.nextInt(9000);
        value.appendCodePoint(point);
      }
      String inner = "{ \"k\" : [ " + i + " ] }";
      String json = new Members.Writer().text("a", value.toString()).raw("b", inner).end();
      assertThat(Members.read(json).text("a")).isEqualTo(value.toString());
      assertThat(Members.read(json).raw("b")).isEqualTo(inner);
    }
    assertThat(new Members.Writer().text("a", null).raw("b", null).end()).isEqualTo("{}");
  }

  @Test
  void refusesBombsAndAmbiguities() {
    for (String bad :
        new String[] {
          "",
          "null",
          "[]",
          "\"x\"",
          "{",
          "{\"a\":1",
          "{\"a\":1}x",
          "{\"a\":1}{}",
          "{\"a\":1,\"a\":1}",
          "{\"a\":1,\"\\u0061\":2}",
          "{\"o\":{\"b\":1,\"b\":2}}",
          "{'a':1}",
          "{a:1}",
          "{\"a\":01}",
          "{\"a\":NaN}",
          "{\"a\":1,}",
          "{\"a\":/**/1}",
          "{\"a\":\"\u0001\"}",
          "{\"a\":\"\\x\"}",
          "{\"a\":" + "9".repeat(33) + "}",
          "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}",
          "{\"a\":" + "[".repeat(100_000),
          "{\"" + "n".repeat(1000) + "\":1}",
          "{\"a\":[" + "1,".repeat(600_000) + "1]}",
          "{\"a\":\"" + "x".repeat(9_000_000) + "\"}",
        }) {
      String shown = bad.substring(0, Math.min(40, bad.length()));
      assertThatThrownBy(() -> Members.read(bad)).as(shown).isInstanceOf(Refusal.class);
    }
  }
}
