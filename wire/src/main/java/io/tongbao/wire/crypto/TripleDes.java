package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Triple DES with PKCS#5 padding, as two interfaces fix it: payout chapter 4 §2 (CBC, the
 * initialisation vector being the key's first eight bytes) and quickpass (ECB). Weak by today's
 * measure, therefore on the wire only, never at rest.
 */
public final class TripleDes {
  private static final int BLOCK = 8;
  private static final int KEY = 24;

  private final SecretKeySpec key;
  private final @Nullable IvParameterSpec iv;

  private TripleDes(byte[] key, @Nullable IvParameterSpec iv) {
    this.key = new SecretKeySpec(key, "DESede");
    this.iv = iv;
  }

  /** CBC under 24 ASCII characters, whose first eight are the initialisation vector. */
  public static TripleDes cbc(Secret key) {
    byte[] bytes = key.reveal().getBytes(StandardCharsets.UTF_8);
    requireLength(bytes.length, KEY);
    return new TripleDes(bytes, new IvParameterSpec(bytes, 0, BLOCK));
  }

  /** ECB under 48 hexadecimal digits; 32 digits are two keys, of which the first comes again. */
  public static TripleDes ecb(Secret hex) {
    byte[] bytes = ofHex(hex.reveal());
    if (bytes.length == 2 * BLOCK) {
      byte[] expanded = Arrays.copyOf(bytes, KEY);
      System.arraycopy(bytes, 0, expanded, 2 * BLOCK, BLOCK);
      return new TripleDes(expanded, null);
    }
    requireLength(bytes.length, KEY);
    return new TripleDes(bytes, null);
  }

  /** Whether two of the three keys are the same, so that less than triple DES is left. */
  public boolean isWeak() {
    byte[] bytes = key.getEncoded();
    return same(bytes, 0, 1) || same(bytes, 1, 2) || same(bytes, 0, 2);
  }

  public Bytes encrypt(Bytes plain) {
    try {
      return Bytes.of(cipher(Cipher.ENCRYPT_MODE).doFinal(plain.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encrypt", e);
    }
  }

  /** The plain bytes, or a refusal {@code DECRYPTION_FAILED} that says nothing of the reason. */
  public Bytes decrypt(Bytes sealed) {
    if (sealed.size() == 0) { // which the JDK would take for an empty message without padding
      throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
    }
    try {
      return Bytes.of(cipher(Cipher.DECRYPT_MODE).doFinal(sealed.toArray()));
    } catch (GeneralSecurityException unreadable) {
      throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
    }
  }

  @Override
  public String toString() {
    return "DESede/" + (iv == null ? "ECB" : "CBC");
  }

  private Cipher cipher(int mode) throws GeneralSecurityException {
    if (iv == null) {
      Cipher ecb = Cipher.getInstance("DESede/ECB/PKCS5Padding");
      ecb.init(mode, key);
      return ecb;
    }
    Cipher cbc = Cipher.getInstance("DESede/CBC/PKCS5Padding");
    cbc.init(mode, key, iv);
    return cbc;
  }

  /** Whether two of the keys are the same but for the parity bits, which DES does not use. */
  private static boolean same(byte[] keys, int one, int other) {
    int differing = 0;
    for (int i = 0; i < BLOCK; i++) {
      differing |= (keys[one * BLOCK + i] ^ keys[other * BLOCK + i]) & 0xfe;
    }
    return differing == 0;
  }

  private static byte[] ofHex(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException notHex) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "3DES key");
    }
  }

  private static void requireLength(int found, int wanted) {
    if (found != wanted) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "3DES key");
    }
  }
}
