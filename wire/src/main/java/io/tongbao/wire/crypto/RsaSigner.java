package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** RSA signatures with PKCS#1 v1.5 padding. Specification: escrow §3.4. Safe for many threads. */
public final class RsaSigner implements Signer {
  private final PrivateKey key;
  private final RsaScheme scheme;

  public RsaSigner(PrivateKey key, RsaScheme scheme) {
    RsaKeys.require(key);
    this.key = key;
    this.scheme = scheme;
  }

  @Override
  public Bytes sign(Bytes content) {
    try {
      Signature signature = Signature.getInstance(scheme.algorithm());
      signature.initSign(key);
      signature.update(content.toArray());
      return Bytes.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this key cannot sign", e);
    }
  }

  @Override
  public String toString() {
    return scheme.algorithm() + " signer";
  }
}
