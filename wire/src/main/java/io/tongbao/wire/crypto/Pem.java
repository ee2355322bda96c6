package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** DER in base64 between two dashed lines, as RFC 7468 has it. */
final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static String write(String label, byte[] der) {
    String body = LINES.encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  static boolean has(String label, String text) {
    return text.contains("-----BEGIN " + label + "-----");
  }

  static byte[] read(String label, String text) {
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from) {
      throw Refusal.of(Refusal.Reason.MALFORMED, label);
    }
    try {
      return Base64Text.open(text.substring(from + begin.length(), to)).toArray();
    } catch (Refusal notBase64) {
      throw Refusal.of(Refusal.Reason.MALFORMED, label);
    }
  }

  static Bytes der(String label, String text) {
    return Bytes.of(read(label, text));
  }
}
