package io.tongbao.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Forms as they arrive, and those that are refused. */
final class FormTest {
  @Test
  void readsWhatClientsSend() {
    Form form = read("a=1+2%203&b=%E9%80%9A%e5%ae%9d&c=&d&e=x%3D%26=y&&f=%2B&\r\n");
    assertThat(form.one("a")).isEqualTo("1 2 3");
    assertThat(form.one("b")).isEqualTo("通宝");
    assertThat(form.one("c")).isNull();
    assertThat(form.one("d")).isNull();
    assertThat(form.one("e")).isEqualTo("x=&=y");
    assertThat(form.one("f")).isEqualTo("+");
    assertThat(form.one("g")).isNull();
    assertThat(read("a=通宝").one("a")).isEqualTo("通宝");
    assertThat(read("").fields()).isEmpty();
    assertThat(read("\r\n").fields()).isEmpty();
  }

  @Test
  void refusesANameTwiceWhenAskedForIt() {
    Form form = read("a=1&b=2&%61=1");
    assertThat(form.one("b")).isEqualTo("2");
    assertThatThrownBy(() -> form.one("a")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> read("a=&a=1").one("a")).isInstanceOf(Refusal.class);
  }

  @Test
  void refusesWhatIsBroken() {
    for (String bad :
        new String[] {
          "a=%",
          "a=%4",
          "a=%zz",
          "a=%4&b=1",
          "a=%C3%28",
          "a=%ED%A0%80",
          "a=%C0%80",
          "a=%F8%88",
          "a=\n1",
          "\ta=1",
          "a=1\u007f",
          "a=%EF%BC%91%",
          "%=1",
          "a=%4１"
        }) {
      assertThatThrownBy(() -> read(bad)).as(bad).isInstanceOf(Refusal.class);
    }
    assertThatThrownBy(() -> Form.read(Bytes.of(new byte[] {'a', '=', (byte) 0xff})))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void readsAHundredPairsAndNoMore() {
    assertThat(read("a=1&".repeat(100)).fields()).hasSize(100);
    assertThatThrownBy(() -> read("a=1&".repeat(101))).isInstanceOf(Refusal.class);
    assertThat(read("&".repeat(5000)).fields()).isEmpty();
  }

  @Test
  void readsWhatItWrote() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      String name = text(random) + "n";
      String value = text(random) + "v";
      Form form = read(Form.write(new Form.Field(name, value), new Form.Field("other", "x")));
      assertThat(form.one(name)).isEqualTo(value);
      assertThat(Form.decode(Form.encode(value))).isEqualTo(value);
    }
  }

  @Test
  void printsNamesOnly() {
    assertThat(read("payPassword=123456").toString()).isEqualTo("[payPassword]");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(" +%&=\r\n\0a1é通\u2028".codePointAt(random.nextInt(13)));
    }
    return text.append(Character.toString(0x20000 + random.nextInt(100))).toString();
  }

  private static Form read(String text) {
    return Form.read(Bytes.utf8(text));
  }
}
