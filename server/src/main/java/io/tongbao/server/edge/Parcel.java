package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Evidence as it is put away: one byte that says how, then the signature, a line feed and the
 * signed bytes, deflated where they are long enough for that to pay. What may not be stored is
 * covered with stars; where it cannot be found in the bytes as they came, none of them are kept.
 */
final class Parcel {
  private static final int DEFLATED = 1;
  private static final int COVERED = 2;

  /** PostgreSQL would cut longer ones up; below, deflating takes longer than writing. */
  private static final int LONG = 1_800;

  private Parcel() {}

  /** What was put away; {@code whole} where nothing was covered. */
  record Opened(Signed signed, boolean whole) {}

  static Bytes pack(Signed signed) {
    Bytes content = signed.unkept().isEmpty() ? signed.content() : covered(signed);
    Bytes head = Bytes.utf8(signed.signature() + "\n");
    boolean isLong = head.size() + content.size() > LONG;
    int how = (isLong ? DEFLATED : 0) | (signed.unkept().isEmpty() ? 0 : COVERED);
    ByteArrayOutputStream packed = new ByteArrayOutputStream(1 + head.size() + content.size());
    packed.write(how);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (var out = isLong ? new DeflaterOutputStream(packed, deflater) : packed) {
      out.write(head.toArray());
      out.write(content.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return Bytes.of(packed.toByteArray());
  }

  static Opened open(Bytes parcel, Secret key) {
    byte[] all = parcel.toArray();
    String text = Bytes.of(unpacked(all)).utf8();
    int cut = text.indexOf('\n');
    Signed signed =
        new Signed(Bytes.utf8(text.substring(cut + 1)), text.substring(0, cut), key, List.of());
    return new Opened(signed, (all[0] & COVERED) == 0);
  }

  private static byte[] unpacked(byte[] all) {
    var rest = new ByteArrayInputStream(all, 1, all.length - 1);
    try (var in = (all[0] & DEFLATED) == 0 ? rest : new InflaterInputStream(rest)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes covered(Signed signed) {
    String text = signed.content().utf8();
    for (String secret : signed.unkept()) {
      if (!text.contains(secret)) {
        return Bytes.EMPTY;
      }
      text = text.replace(secret, "*".repeat(secret.length()));
    }
    return Bytes.utf8(text);
  }
}
