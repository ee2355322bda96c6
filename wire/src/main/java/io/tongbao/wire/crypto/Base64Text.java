package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;

/**
 * Base64 as it arrives: the standard alphabet, strictly, but line breaks may stand in it, because
 * old encoders break the line every 64 or 76 characters. Anything else, a blank too, is refused: a
 * blank here is a plus sign that somebody forgot to percent-encode.
 */
public final class Base64Text {
  private Base64Text() {}

  /** The bytes, or a refusal {@code MALFORMED}. */
  public static Bytes open(String text) {
    try {
      return Bytes.ofBase64(withoutLineBreaks(text));
    } catch (IllegalArgumentException notBase64) {
      throw Refusal.of(Refusal.Reason.MALFORMED, "base64");
    }
  }

  private static String withoutLineBreaks(String text) {
    return text.replace("\r", "").replace("\n", "");
  }
}
