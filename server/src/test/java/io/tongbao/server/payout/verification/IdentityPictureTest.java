package io.tongbao.server.payout.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send as pictures (THREATS T2-7). */
class IdentityPictureTest {
  private static final String FIELD = "id_card_image";
  private static final String MARK = "6228480402637874214";

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png"})
  void paintsAnew(String format) throws IOException {
    Bytes kept = IdentityPicture.repainted(FIELD, picture(format, BufferedImage.TYPE_INT_RGB));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(kept.toArray()));
    assertThat(image.getWidth()).isEqualTo(40);
    assertThat(image.getHeight()).isEqualTo(30);
    assertThat(image.getRGB(20, 15) & 0xff).isGreaterThan(200);
    assertThat(kept.hex()).startsWith("ffd8ff");
  }

  @Test
  void takesPicturesOneCanSeeThrough() throws IOException {
    Bytes kept = IdentityPicture.repainted(FIELD, picture("png", BufferedImage.TYPE_INT_ARGB));
    assertThat(ImageIO.read(new ByteArrayInputStream(kept.toArray()))).isNotNull();
  }

  @Test
  void leavesOutWhatCameWithThePixels() throws IOException {
    byte[] jpeg = picture("jpeg", BufferedImage.TYPE_INT_RGB).toArray();
    byte[] exif = ("Exif\0\0" + MARK).getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream with = new ByteArrayOutputStream();
    with.write(jpeg, 0, 2);
    with.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (exif.length + 2)});
    with.write(exif);
    with.write(jpeg, 2, jpeg.length - 2);
    with.write(zip());
    with.write(("<script>" + MARK + "</script>").getBytes(StandardCharsets.UTF_8));
    Bytes kept = IdentityPicture.repainted(FIELD, Bytes.of(with.toByteArray()));
    String text = new String(kept.toArray(), StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain(MARK, "Exif", "PK\u0003\u0004", "script");
  }

  @Test
  void leavesOutWhatAPngSays() throws IOException {
    byte[] png = picture("png", BufferedImage.TYPE_INT_RGB).toArray();
    ByteArrayOutputStream with = new ByteArrayOutputStream();
    with.write(png, 0, png.length - 12);
    chunk(with, "tEXt", ("Comment\0" + MARK).getBytes(StandardCharsets.ISO_8859_1));
    with.write(png, png.length - 12, 12);
    Bytes kept = IdentityPicture.repainted(FIELD, Bytes.of(with.toByteArray()));
    assertThat(new String(kept.toArray(), StandardCharsets.ISO_8859_1)).doesNotContain(MARK);
  }

  /** 20 000 × 2 001 pixels in a few kilobytes: refused before they are unpacked. */
  @Test
  void refusesABombByItsSize() throws IOException {
    Bytes bomb = bomb(20_000, 2_001);
    assertThat(bomb.size()).isLessThan(100_000);
    assertRefused(bomb, Reason.TOO_LARGE);
    assertRefused(bomb(Integer.MAX_VALUE, Integer.MAX_VALUE), null);
    assertRefused(bomb(20_001, 1), Reason.TOO_LARGE);
    assertRefused(bomb(1, 20_001), Reason.TOO_LARGE);
    assertRefused(bomb(40_000_000, 1), Reason.TOO_LARGE);
  }

  @Test
  void takesTheLargestAndKeepsItSmall() throws IOException {
    Bytes kept = IdentityPicture.repainted(FIELD, bomb(20_000, 2_000));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(kept.toArray()));
    assertThat((long) image.getWidth() * image.getHeight()).isLessThan(11_000_000);
  }

  @Test
  void manyAtOnceWaitForEachOther() throws Exception {
    Bytes large = bomb(5_000, 4_000);
    try (ExecutorService uploads = Executors.newFixedThreadPool(6)) {
      List<Callable<Bytes>> six =
          Collections.nCopies(6, () -> IdentityPicture.repainted(FIELD, large));
      for (Future<Bytes> kept : uploads.invokeAll(six)) {
        assertThat(kept.get().size()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "GIF89a0000",
        "BM000000",
        "%PDF-1.7",
        "",
        "RIFF0000WEBP",
        "\u00ff\u00d8",
        "\u00ff\u00d8\u00ff\u00e0 and no more",
        "\u0089PNG\r\n\u001a\n and no more"
      })
  void refusesOtherThings(String text) {
    assertRefused(Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1)), Reason.BAD_FIELD);
  }

  @Test
  void refusesAnArchive() throws IOException {
    assertRefused(Bytes.of(zip()), Reason.BAD_FIELD);
  }

  @Test
  void survivesEveryDamage() throws IOException {
    Random random = new Random(20260301);
    for (String format : new String[] {"jpeg", "png"}) {
      byte[] good = picture(format, BufferedImage.TYPE_INT_RGB).toArray();
      for (int i = 0; i < 300; i++) {
        byte[] bad = Arrays.copyOf(good, random.nextInt(good.length) + 1);
        for (int flips = random.nextInt(4); flips > 0; flips--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        Refusal refusal =
            catchThrowableOfType(
                Refusal.class, () -> IdentityPicture.repainted(FIELD, Bytes.of(bad)));
        if (refusal != null) {
          assertThat(refusal.reason()).isIn(Reason.BAD_FIELD, Reason.TOO_LARGE);
        }
      }
    }
  }

  private static void assertRefused(Bytes picture, @Nullable Reason reason) {
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> IdentityPicture.repainted(FIELD, picture));
    assertThat(refusal).isNotNull();
    assertThat(refusal.subject()).isEqualTo(FIELD);
    if (reason != null) {
      assertThat(refusal.reason()).isEqualTo(reason);
    }
  }

  /** Forty by thirty, blue in the middle. */
  static Bytes picture(String format, int type) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, type);
    for (int x = 10; x < 30; x++) {
      for (int y = 5; y < 25; y++) {
        image.setRGB(x, y, 0xff0000ff);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return Bytes.of(bytes.toByteArray());
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.txt"));
      zip.write(MARK.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  /** A grey PNG of that size in which each row is black. */
  private static Bytes bomb(int width, int height) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] head = new byte[13];
    ByteBuffer.wrap(head).putInt(width).putInt(height).put((byte) 8);
    chunk(png, "IHDR", head);
    long rows = Math.min((long) height * (width + 1L), 45_000_000);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(new byte[(int) rows]);
    deflater.finish();
    byte[] buffer = new byte[100_000];
    chunk(png, "IDAT", Arrays.copyOf(buffer, deflater.deflate(buffer)));
    deflater.end();
    chunk(png, "IEND", new byte[0]);
    return Bytes.of(png.toByteArray());
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.write(ByteBuffer.allocate(4).putInt(content.length).array());
    out.write(name);
    out.write(content);
    out.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
