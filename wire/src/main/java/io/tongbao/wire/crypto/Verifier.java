package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;

/** Whoever can check a signature: a public key and a scheme. Specification: escrow §3.4. */
public interface Verifier {
  /**
   * Whether {@code signature} covers exactly these bytes. Answers false, and takes as long, for a
   * signature of a wrong length; never throws for what a caller may send.
   */
  boolean verify(Bytes content, Bytes signature);

  /** The same for the UTF-8 bytes of {@code text}. */
  default boolean verify(String text, Bytes signature) {
    return verify(Bytes.utf8(text), signature);
  }
}
