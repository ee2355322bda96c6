package io.tongbao.server.payout.verification;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture from a stranger, painted anew: what is kept holds its pixels and nothing else that came
 * with them (THREATS T2-7). Taken are JPEG and PNG, by their first bytes; the size in pixels is
 * looked at before anything is unpacked.
 */
final class IdentityPicture {
  /** The most pixels that a picture may say it has. */
  static final long MOST_PIXELS = 40_000_000;

  /**
   * The longest side: readers unpack a row at a time, so a wide picture costs what a large does.
   */
  static final int LONGEST_SIDE = 20_000;

  /** A picture is kept with about so many pixels at most: enough to read a card by. */
  private static final long KEPT_PIXELS = 10_000_000;

  private static final int AT_A_TIME = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final float QUALITY = 0.9f;
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private static final Semaphore SEATS = new Semaphore(AT_A_TIME);

  static {
    ImageIO.setUseCache(false);
  }

  private IdentityPicture() {}

  /** The picture as a fresh JPEG, or a refusal that names the field. */
  static Bytes repainted(String field, Bytes came) {
    byte[] bytes = came.toArray();
    String format = format(field, bytes);
    takeSeat();
    try {
      return written(read(field, format, bytes));
    } catch (IOException unwritable) {
      throw new IllegalStateException("a picture of ours cannot be written", unwritable);
    } finally {
      SEATS.release();
    }
  }

  /** Uploads come in twos and threes: the third waits a little, and only then is told so. */
  private static void takeSeat() {
    try {
      if (!SEATS.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Refusal.of(Reason.BUSY);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw Refusal.of(Reason.BUSY);
    }
  }

  private static String format(String field, byte[] bytes) {
    if (startsWith(bytes, JPEG)) {
      return "jpeg";
    }
    if (startsWith(bytes, PNG)) {
      return "png";
    }
    throw Refusal.of(Reason.BAD_FIELD, field);
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  private static BufferedImage read(String field, String format, byte[] bytes) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      long pixels = (long) width * height;
      if (pixels > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE) {
        throw Refusal.of(Reason.TOO_LARGE, field);
      }
      ImageReadParam param = reader.getDefaultReadParam();
      int step = (int) Math.ceil(Math.sqrt((double) pixels / KEPT_PIXELS));
      if (step > 1) {
        param.setSourceSubsampling(step, step, 0, 0);
      }
      return reader.read(0, param);
    } catch (IOException | RuntimeException unreadable) {
      throw unreadable instanceof Refusal refusal ? refusal : Refusal.of(Reason.BAD_FIELD, field);
    } finally {
      reader.dispose();
    }
  }

  private static Bytes written(BufferedImage image) throws IOException {
    BufferedImage plain =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = plain.createGraphics();
    canvas.drawImage(image, 0, 0, Color.WHITE, null);
    canvas.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(plain, null, null), param);
    } finally {
      writer.dispose();
    }
    return Bytes.of(bytes.toByteArray());
  }
}
