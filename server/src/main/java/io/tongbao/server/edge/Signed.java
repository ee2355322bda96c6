package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import java.util.List;

/**
 * What a caller signed, as it can be shown to others later.
 *
 * @param content the exact bytes under the signature
 * @param signature the signature, as it was written
 * @param key what it was checked with, as the face writes it
 * @param unkept texts within the content that may not be stored by anybody, such as the security
 *     code of a card
 */
public record Signed(Bytes content, String signature, Secret key, List<String> unkept) {
  public Signed {
    unkept = List.copyOf(unkept);
  }

  /** By it the message is known again. */
  public Bytes digest() {
    return content.sha256();
  }

  @Override
  public String toString() {
    return content + ", signed";
  }
}
