package io.tongbao.server.page;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * A text as a QR code, to be drawn as one path of an SVG: no file, no script.
 *
 * @param size modules on a side, with the quiet zone
 * @param path the dark modules, one unit each, in runs from left to right
 */
public record QrCode(int size, String path) {
  /** Modules that stay light on each side; readers want four. */
  private static final int QUIET = 4;

  /** The code of a text of at most some two thousand bytes. */
  public static QrCode of(String text) {
    Map<EncodeHintType, Object> hints = new EnumMap<>(EncodeHintType.class);
    hints.put(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name());
    try {
      return of(Encoder.encode(text, ErrorCorrectionLevel.M, hints).getMatrix());
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code", e);
    }
  }

  private static QrCode of(ByteMatrix modules) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y++) {
      int x = 0;
      while (x < modules.getWidth()) {
        int run = run(modules, x, y);
        if (run > 0) {
          path.append('M').append(x + QUIET).append(' ').append(y + QUIET);
          path.append('h').append(run).append("v1h-").append(run).append('z');
        }
        x += Math.max(run, 1);
      }
    }
    return new QrCode(modules.getWidth() + 2 * QUIET, path.toString());
  }

  /** How many dark modules follow each other from here. */
  private static int run(ByteMatrix modules, int x, int y) {
    int end = x;
    while (end < modules.getWidth() && modules.get(end, y) == 1) {
      end++;
    }
    return end - x;
  }

  /** The view box of the SVG. */
  public String box() {
    return "0 0 " + size + " " + size;
  }
}
