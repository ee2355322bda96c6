package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;

/** Whoever can sign: a private key and a scheme. Specification: escrow §3.4. */
public interface Signer {
  /** The signature over exactly these bytes. */
  Bytes sign(Bytes content);

  /** The signature over the UTF-8 bytes of {@code text}, in base64 on one line. */
  default String sign(String text) {
    return sign(Bytes.utf8(text)).base64();
  }
}
