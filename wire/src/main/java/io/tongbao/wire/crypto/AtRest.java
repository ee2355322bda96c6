package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Sensitive data as it lies in the database: AES-256-GCM, bound to its place, so that a value
 * copied into another row, column or table does not open (THREATS T-X13). What is stored is one
 * byte for the key's version, twelve of nonce, then the cipher text with its tag. Every version
 * that the ring holds opens; the newest seals. One version should seal no more than 2³² values,
 * because its nonces are random.
 */
public final class AtRest {
  private static final int KEY = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD = 1 + NONCE;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final TreeMap<Integer, SecretKeySpec> keys = new TreeMap<>();

  /** A ring of keys of 32 bytes by version, 1 to 255. */
  public AtRest(Map<Integer, Bytes> keysByVersion) {
    if (keysByVersion.isEmpty()) {
      throw new IllegalArgumentException("no key");
    }
    keysByVersion.forEach((version, key) -> {
      if (version < 1 || version > 255 || key.size() != KEY) {
        throw new IllegalArgumentException("version 1 to 255 and 32 bytes, please");
      }
      keys.put(version, new SecretKeySpec(key.toArray(), "AES"));
    });
  }

  /** Where a value lies. Bound to it, not stored with it. */
  public record Place(String table, String column, String row) {
    /** Each part preceded by its length, so that no two places look the same. */
    private byte[] encoded() {
      byte[] t = Bytes.utf8(table).toArray();
      byte[] c = Bytes.utf8(column).toArray();
      byte[] r = Bytes.utf8(row).toArray();
      ByteBuffer all = ByteBuffer.allocate(12 + t.length + c.length + r.length);
      return all.putInt(t.length).put(t).putInt(c.length).put(c).putInt(r.length).put(r).array();
    }
  }

  /** A fresh key for a ring. */
  public static Bytes newKey() {
    byte[] key = new byte[KEY];
    RANDOM.nextBytes(key);
    return Bytes.of(key);
  }

  public Bytes seal(Secret value, Place place) {
    return seal(Bytes.utf8(value.reveal()), place);
  }

  public Bytes seal(Bytes value, Place place) {
    var newest = keys.lastEntry();
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, newest.getValue(), nonce, place);
      byte[] sealed = cipher.doFinal(value.toArray());
      ByteBuffer stored = ByteBuffer.allocate(HEAD + sealed.length);
      return Bytes.of(stored.put(newest.getKey().byteValue()).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal", e);
    }
  }

  /** The text, or a refusal {@code DECRYPTION_FAILED} for a value that was not sealed here. */
  public Secret open(Bytes stored, Place place) {
    return new Secret(openBytes(stored, place).utf8());
  }

  /** The bytes, or a refusal {@code DECRYPTION_FAILED} for a value that was not sealed here. */
  public Bytes openBytes(Bytes stored, Place place) {
    byte[] all = stored.toArray();
    SecretKeySpec key = all.length < HEAD + TAG_BITS / 8 ? null : keys.get(all[0] & 0xff);
    return openWith(key, all, place);
  }

  /** Whether the newest key sealed it; what did not may be sealed anew at leisure. */
  public boolean isCurrent(Bytes stored) {
    byte[] all = stored.toArray();
    return all.length > 0 && (all[0] & 0xff) == keys.lastKey();
  }

  @Override
  public String toString() {
    return "AES-GCM, key versions " + keys.keySet();
  }

  private static Bytes openWith(@Nullable SecretKeySpec key, byte[] all, Place place) {
    if (key == null) {
      throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
    }
    byte[] nonce = Arrays.copyOfRange(all, 1, HEAD);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, place);
      return Bytes.of(cipher.doFinal(all, HEAD, all.length - HEAD));
    } catch (GeneralSecurityException forged) {
      throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, Place place)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.encoded());
    return cipher;
  }
}
