package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;

/**
 * What sealed values are found by: an HMAC-SHA-256 of the value under a key of its own, so that
 * equal values meet and nothing else is told (THREATS T-X13). The kind of value goes into the code:
 * a phone and an account of the same digits do not meet.
 */
public final class BlindIndex {
  private final HmacSha256 hmac;

  /** Under a key of 32 bytes that serves nothing else. */
  public BlindIndex(Bytes key) {
    if (key.size() < 32) {
      throw new IllegalArgumentException("32 bytes, please");
    }
    this.hmac = new HmacSha256(key);
  }

  /** The code of a value of this kind, such as {@code card} or {@code phone}. */
  public Bytes of(String kind, Secret value) {
    return hmac.of(Bytes.utf8(kind.length() + ":" + kind + value.reveal()));
  }

  @Override
  public String toString() {
    return "blind index";
  }
}
