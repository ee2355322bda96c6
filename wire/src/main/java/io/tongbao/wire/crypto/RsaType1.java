package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.crypto.Cipher;

/**
 * The field "encryption" of the escrow interface, §6.1 and §6.2: a PKCS#1 block of type 1 (<code>
 * 00 01 FF…FF 00 value</code>) raised to the <em>private</em> exponent and opened with the public
 * key. It hides nothing from whoever holds the certificate, and it is the very operation that makes
 * a signature: who gets an arbitrary value "encrypted" owns a signature over anything. Therefore
 * {@link #seal} takes values of a few strict shapes only, none of which can be the DigestInfo of a
 * signature, and checks the bytes once more before the key touches them (THREATS T3-1). Opening
 * accepts what running clients send: several blocks, with or without a comma between them, and
 * base64 with line breaks.
 */
public final class RsaType1 {
  /** The shapes of the values that may be sealed; none holds a byte that a DigestInfo needs. */
  public enum Shape {
    /** A card or account number. */
    ACCOUNT("[0-9]{8,30}"),
    /** A resident identity number, of the present or the old length. */
    IDENTITY("[0-9]{17}[0-9X]|[0-9]{15}"),
    /** The number of another paper: passport, travel permit, company registration. */
    DOCUMENT("[0-9A-Z]{5,30}"),
    /** A card's validity or its check digits. */
    CARD_CODE("[0-9]{3,4}"),
    /** A payment password that a client sends. */
    PASSWORD("[!-~]{6,30}");

    private final Pattern pattern;

    Shape(String regex) {
      this.pattern = Pattern.compile("\\A(?:" + regex + ")\\z");
    }

    public boolean admits(Secret value) {
      return pattern.matcher(value.reveal()).matches();
    }
  }

  /** The most blocks that one field may have. */
  public static final int MOST_BLOCKS = 16;

  private static final int LEAST_PADDING = 8;
  private static final int OVERHEAD = 3 + LEAST_PADDING;

  /** How the DigestInfo of MD5, SHA-1, SHA-224/256, SHA-384 and SHA-512 begins, in DER. */
  private static final byte[][] DIGEST_INFOS = {
    {0x30, 0x20, 0x30, 0x0c}, {0x30, 0x21, 0x30, 0x09}, {0x30, 0x2d, 0x30, 0x0d},
    {0x30, 0x31, 0x30, 0x0d}, {0x30, 0x41, 0x30, 0x0d}, {0x30, 0x51, 0x30, 0x0d},
  };

  private RsaType1() {}

  /** Seals a value of this shape as one block, in base64. Refuses anything else. */
  public static String seal(Shape shape, Secret value, PrivateKey key) {
    if (!shape.admits(value)) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "RSA");
    }
    byte[] plain = value.reveal().getBytes(StandardCharsets.UTF_8);
    refuseWhatCouldBeSigned(plain);
    return Bytes.of(raise(pad(plain, RsaKeys.require(key)), key)).base64();
  }

  /**
   * Opens a field, or refuses it: with {@code DECRYPTION_FAILED} what the key does not open, with
   * {@code BAD_FIELD} what is no text, such as a DigestInfo (THREATS T3-1).
   */
  public static Secret open(String base64, PublicKey key) {
    byte[] plain = opened(base64, key);
    try {
      return new Secret(Utf8.text(plain));
    } catch (Refusal noText) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "RSA");
    }
  }

  private static byte[] opened(String base64, PublicKey key) {
    try {
      return openBlocks(Base64Text.open(base64).toArray(), key);
    } catch (Refusal unreadable) {
      throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
    }
  }

  static void refuseWhatCouldBeSigned(byte[] plain) {
    for (byte[] start : DIGEST_INFOS) {
      if (plain.length >= start.length
          && Arrays.equals(plain, 0, start.length, start, 0, start.length)) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, "RSA");
      }
    }
    for (byte b : plain) {
      if (b < 0x20 || b > 0x7e) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, "RSA");
      }
    }
  }

  /** <code>00 01 FF…FF 00 value</code>, as long as the modulus. */
  private static byte[] pad(byte[] plain, int length) {
    byte[] block = new byte[length];
    block[1] = 1;
    int separator = length - plain.length - 1;
    Arrays.fill(block, 2, separator, (byte) 0xff);
    System.arraycopy(plain, 0, block, separator + 1, plain.length);
    return block;
  }

  private static byte[] openBlocks(byte[] sealed, PublicKey key) {
    int length = RsaKeys.require(key);
    int step = step(sealed.length, length);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (int at = 0; at < sealed.length; at += step) {
      if (at > 0 && step > length && sealed[at - 1] != ',') {
        throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
      }
      byte[] block = raise(Arrays.copyOfRange(sealed, at, at + length), key);
      int value = valueAt(block);
      plain.write(block, value, block.length - value);
    }
    return plain.toByteArray();
  }

  /**
   * From one block to the next: the key's length, or one more where commas stand between them. The
   * total tells which, for a block may itself begin with the byte of a comma.
   */
  private static int step(int total, int length) {
    if (total > 0 && total % length == 0 && total / length <= MOST_BLOCKS) {
      return length;
    }
    if ((total + 1) % (length + 1) == 0 && (total + 1) / (length + 1) <= MOST_BLOCKS) {
      return length + 1;
    }
    throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
  }

  /** Where the value begins in a well-padded block. */
  private static int valueAt(byte[] block) {
    if (block.length < OVERHEAD || block[0] != 0 || block[1] != 1) {
      throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
    }
    int at = 2;
    while (at < block.length && block[at] == (byte) 0xff) {
      at++;
    }
    if (at < 2 + LEAST_PADDING || at == block.length || block[at] != 0) {
      throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
    }
    return at + 1;
  }

  /** The bare RSA operation: this block, as a number, to the key's exponent. */
  private static byte[] raise(byte[] block, Key key) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
      cipher.init(key instanceof PrivateKey ? Cipher.DECRYPT_MODE : Cipher.ENCRYPT_MODE, key);
      return cipher.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
    }
  }
}
