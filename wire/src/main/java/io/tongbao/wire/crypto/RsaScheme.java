package io.tongbao.wire.crypto;

/** The RSA signature schemes of the interfaces: escrow §3.4 uses SHA-1, quickpass SHA-256. */
public enum RsaScheme {
  SHA1("SHA1withRSA"),
  SHA256("SHA256withRSA");

  private final String algorithm;

  RsaScheme(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The name that the JCA knows it by. */
  public String algorithm() {
    return algorithm;
  }
}
