package io.tongbao.wire.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The upload of an identity card's pictures. */
final class PayoutUploadTest {
  private static final PayoutKeys KEYS =
      new PayoutKeys(new Secret("abcdefgh12345678ABCDEFGH"), new Secret("0f1e2d3c4b5a"));
  private static final PayoutMessage MESSAGE =
      PayoutMessage.sealed("{\"real_name\":\"张三\"}", "通&1", Instant.ofEpochSecond(1), KEYS);
  private static final String TYPE = "multipart/form-data; boundary=----tongbao7";
  private static final Bytes FRONT = picture(3000);
  private static final Bytes BACK = Bytes.utf8("\r\n--\r\n------tongbao\r\n");

  @Test
  void readsWhatItWrote() {
    PayoutUpload upload = new PayoutUpload(MESSAGE, FRONT, BACK);
    PayoutUpload read = PayoutUpload.read(Bytes.EMPTY, TYPE, upload.body("----tongbao7"));
    assertThat(read).isEqualTo(upload);
    read.message().authenticate(KEYS);
    Bytes wide = new PayoutUpload(MESSAGE, picture(5 * 1024 * 1024), BACK).body("----tongbao7");
    assertThat(PayoutUpload.read(Bytes.EMPTY, TYPE, wide).front().size()).isEqualTo(5 << 20);
  }

  /** And the other side under the name that a running client has for it. */
  @Test
  void takesTheParametersFromTheQuery() {
    for (String back : List.of("id_card_image_background", "id_card_image_backgroud")) {
      Bytes body = body(part("id_card_image", FRONT), part(back, BACK));
      PayoutUpload read = PayoutUpload.read(Bytes.utf8(MESSAGE.form()), TYPE, body);
      assertThat(read).isEqualTo(new PayoutUpload(MESSAGE, FRONT, BACK));
    }
  }

  @Test
  void passesOverJunk() {
    Bytes body =
        body(
            raw("no head at all"),
            raw("Content-Type: text/plain\r\n\r\nno name"),
            raw("Content-Disposition: attachment; name=\"data\"\r\n\r\nAAAA"),
            raw("X: " + "y".repeat(9000) + "\r\n\r\nlong"),
            part("filename", BACK),
            raw(
                "content-disposition:form-data; filename=\"x; name=data\"; name=id_card_image\r\n"
                    + "Content-Type: image/jpeg\r\n\r\npicture"),
            raw(
                "X-A: 1\r\nContent-Disposition: form-data; name=\"id_card_image_background\"\r\n\r\nback"),
            part("other", FRONT));
    PayoutUpload read = PayoutUpload.read(Bytes.utf8(MESSAGE.form()), TYPE, body);
    assertThat(read.front().utf8()).isEqualTo("picture");
    assertThat(read.back().utf8()).isEqualTo("back");
  }

  @Test
  void toleratesAPreambleAndAnEpilogue() {
    byte[] body = new PayoutUpload(MESSAGE, FRONT, BACK).body("----tongbao7").toArray();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(Bytes.utf8("hello\r\n").toArray());
    all.writeBytes(body);
    all.writeBytes(Bytes.utf8("bye").toArray());
    Bytes wrapped = Bytes.of(all.toByteArray());
    for (String type :
        List.of(
            TYPE,
            "Multipart/Form-Data;boundary=\"----tongbao7\"",
            "multipart/form-data; charset=utf-8; boundary=----tongbao7",
            "multipart/form-data; boundary=----tongbao7; charset=utf-8")) {
      assertThat(PayoutUpload.read(Bytes.EMPTY, type, wrapped).back()).isEqualTo(BACK);
    }
  }

  @Test
  void refusesWhatIsBroken() {
    Bytes good = new PayoutUpload(MESSAGE, FRONT, BACK).body("----tongbao7");
    byte[] bytes = good.toArray();
    refused("multipart/form-data", good);
    refused("multipart/mixed; boundary=----tongbao7", good);
    refused("multipart/form-data; boundary=", good);
    refused("multipart/form-data; boundary=other", good);
    for (int cut = 1; cut < 40; cut += 3) {
      byte[] shorter = Arrays.copyOf(bytes, bytes.length - cut - 4);
      refused(TYPE, Bytes.of(shorter));
    }
    refused(TYPE, Bytes.EMPTY);
    refused(TYPE, Bytes.utf8("------tongbao7--"));
    Bytes front = part("id_card_image", FRONT);
    Bytes back = part("id_card_image_background", BACK);
    refused(TYPE, body(front));
    refused(TYPE, body(front, front, back));
    refused(TYPE, body(part("id_card_image", Bytes.EMPTY), back));
    refused(TYPE, body(part("id_card_image", picture((5 << 20) + 1)), back));
    Bytes[] many = new Bytes[101];
    Arrays.fill(many, part("x", FRONT));
    refused(TYPE, body(many));
  }

  private static void refused(String type, Bytes body) {
    Bytes query = Bytes.utf8(MESSAGE.form());
    assertThatThrownBy(() -> PayoutUpload.read(query, type, body)).isInstanceOf(Refusal.class);
  }

  private static Bytes part(String name, Bytes content) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    String head = "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n";
    part.writeBytes(Bytes.utf8(head).toArray());
    part.writeBytes(content.toArray());
    return Bytes.of(part.toByteArray());
  }

  private static Bytes raw(String part) {
    return Bytes.utf8(part);
  }

  private static Bytes body(Bytes... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Bytes part : parts) {
      body.writeBytes(Bytes.utf8("------tongbao7\r\n").toArray());
      body.writeBytes(part.toArray());
      body.writeBytes(Bytes.utf8("\r\n").toArray());
    }
    body.writeBytes(Bytes.utf8("------tongbao7--\r\n").toArray());
    return Bytes.of(body.toByteArray());
  }

  private static Bytes picture(int size) {
    byte[] picture = new byte[size];
    new Random(1).nextBytes(picture);
    return Bytes.of(picture);
  }
}
