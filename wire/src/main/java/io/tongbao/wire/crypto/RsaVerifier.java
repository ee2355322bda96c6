package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;

/**
 * The checking of RSA signatures with PKCS#1 v1.5 padding. Specification: escrow §3.4. Safe for
 * many threads. A signature of another length than the key's costs the same public-key operation as
 * any other, so that the time tells nothing.
 */
public final class RsaVerifier implements Verifier {
  private final PublicKey key;
  private final RsaScheme scheme;
  private final int length;

  public RsaVerifier(PublicKey key, RsaScheme scheme) {
    this.length = RsaKeys.require(key);
    this.key = key;
    this.scheme = scheme;
  }

  /**
   * A verifier whose private key nobody has: what an unknown merchant's signature is checked with,
   * so that the refusal costs what a wrong signature costs (THREATS, admission step 5).
   */
  public static RsaVerifier decoy(RsaScheme scheme) {
    return new RsaVerifier(Decoy.KEY, scheme);
  }

  @Override
  public boolean verify(Bytes content, Bytes signature) {
    boolean rightLength = signature.size() == length;
    byte[] fitted = Arrays.copyOf(signature.toArray(), length);
    return matches(content, fitted) && rightLength;
  }

  private boolean matches(Bytes content, byte[] signature) {
    try {
      Signature check = Signature.getInstance(scheme.algorithm());
      check.initVerify(key);
      check.update(content.toArray());
      return check.verify(signature);
    } catch (SignatureException notASignature) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this key cannot verify", e);
    }
  }

  @Override
  public String toString() {
    return scheme.algorithm() + " verifier";
  }

  private static final class Decoy {
    static final PublicKey KEY = RsaKeys.generate().getPublic();

    private Decoy() {}
  }
}
