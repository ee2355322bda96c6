package io.tongbao.wire.crypto;

import io.tongbao.kernel.Refusal;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * RSA keys: made, written and read as PEM. Keys below 2048 bits and public exponents below 3 are
 * refused wherever a key enters (THREATS T1-4, T3-2). Specification: escrow §2.3, §3.4.
 */
public final class RsaKeys {
  /** The size of the keys that we make, in bits, and the smallest that we take. */
  public static final int BITS = 2048;

  /** The largest key that we take, in bits: the time of an operation grows with the cube. */
  public static final int MOST_BITS = 8192;

  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private RsaKeys() {}

  public static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK makes RSA keys", e);
    }
  }

  /** PKCS#8 as PEM. */
  public static String pem(PrivateKey key) {
    return Pem.write(PRIVATE, encoded(key.getEncoded()));
  }

  /** SubjectPublicKeyInfo as PEM. */
  public static String pem(PublicKey key) {
    return Pem.write(PUBLIC, encoded(key.getEncoded()));
  }

  /** Reads PKCS#8 PEM. */
  public static PrivateKey privateKey(String pem) {
    byte[] der = Pem.read(PRIVATE, pem);
    try {
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
      require(key);
      return key;
    } catch (GeneralSecurityException unreadable) {
      throw Refusal.of(Refusal.Reason.MALFORMED, PRIVATE);
    }
  }

  /** Reads SubjectPublicKeyInfo PEM, or the key out of a certificate's PEM. */
  public static PublicKey publicKey(String pem) {
    if (Pem.has("CERTIFICATE", pem)) {
      return Certificates.read(pem).getPublicKey();
    }
    byte[] der = Pem.read(PUBLIC, pem);
    try {
      PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
      require(key);
      return key;
    } catch (GeneralSecurityException unreadable) {
      throw Refusal.of(Refusal.Reason.MALFORMED, PUBLIC);
    }
  }

  /** Refuses a key that is too weak or no RSA key; gives its size in bytes. */
  static int require(Key key) {
    try {
      return checked(key);
    } catch (InvalidKeyException weak) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "RSA key");
    }
  }

  private static int checked(Key key) throws InvalidKeyException {
    if (!(key instanceof RSAKey rsa)) {
      throw new InvalidKeyException("not an RSA key");
    }
    int bits = rsa.getModulus().bitLength();
    if (bits < BITS || bits > MOST_BITS) {
      throw new InvalidKeyException("not between " + BITS + " and " + MOST_BITS + " bits");
    }
    if (key instanceof RSAPublicKey open && isWeak(open.getPublicExponent())) {
      throw new InvalidKeyException("public exponent");
    }
    return (bits + 7) / 8;
  }

  private static boolean isWeak(BigInteger exponent) {
    return exponent.compareTo(THREE) < 0 || !exponent.testBit(0);
  }

  private static byte[] encoded(byte @Nullable [] der) {
    if (der == null) {
      throw new IllegalArgumentException("a key that does not leave its device");
    }
    return der;
  }
}
