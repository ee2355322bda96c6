package io.tongbao.wire;

import io.tongbao.kernel.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 read strictly: what is not well formed is refused, where the JDK's own short way would put
 * replacement characters and so let different bytes become equal texts.
 */
public final class Utf8 {
  private Utf8() {}

  public static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw Refusal.of(Refusal.Reason.MALFORMED, "UTF-8");
    }
  }
}
