package io.tongbao.wire.payout;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.Form;
import io.tongbao.wire.Multipart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The upload of both sides of an identity card, §2.4: a multipart body with two pictures, and the
 * five signed parameters beside them or in the query. The signature does not cover the pictures.
 */
public record PayoutUpload(PayoutMessage message, Bytes front, Bytes back) {
  /** The largest picture, in bytes. */
  public static final int LARGEST_IMAGE = 5 * 1024 * 1024;

  /** The name of the part with the side that shows the face. */
  public static final String FRONT = "id_card_image";

  /** The name of the part with the other side. */
  public static final String BACK = "id_card_image_background";

  private static final String MISSPELT_BACK = "id_card_image_backgroud"; // sic: a client of 2019

  public PayoutUpload {
    requireImage(front, FRONT);
    requireImage(back, BACK);
  }

  /** Reads the query and the body as received, under the request's content type. */
  public static PayoutUpload read(Bytes query, String contentType, Bytes body) {
    Multipart parts = Multipart.read(contentType, body);
    String back = parts.one(BACK) == null ? MISSPELT_BACK : BACK;
    return new PayoutUpload(
        PayoutMessage.readParts(query, parts), image(parts, FRONT), image(parts, back));
  }

  /** The body of an upload, its parts between lines of this boundary: the client's side. */
  public Bytes body(String boundary) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Form.Field field : Form.read(Bytes.utf8(message.form())).fields()) {
      part(body, boundary, "name=\"" + field.name() + "\"", Bytes.utf8(field.value()));
    }
    part(body, boundary, "name=\"" + FRONT + "\"; filename=\"front\"", front);
    part(body, boundary, "name=\"" + BACK + "\"; filename=\"back\"", back);
    body.writeBytes(ascii("--" + boundary + "--\r\n"));
    return Bytes.of(body.toByteArray());
  }

  private static void part(
      ByteArrayOutputStream body, String boundary, String naming, Bytes content) {
    body.writeBytes(ascii("--" + boundary + "\r\n"));
    body.writeBytes(ascii("Content-Disposition: form-data; " + naming + "\r\n\r\n"));
    body.writeBytes(content.toArray());
    body.writeBytes(ascii("\r\n"));
  }

  private static Bytes image(Multipart parts, String name) {
    Bytes content = parts.one(name);
    return content == null ? Bytes.EMPTY : content;
  }

  private static void requireImage(Bytes image, String name) {
    if (image.size() == 0) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, name);
    }
    if (image.size() > LARGEST_IMAGE) {
      throw Refusal.of(Refusal.Reason.TOO_LARGE, name);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
