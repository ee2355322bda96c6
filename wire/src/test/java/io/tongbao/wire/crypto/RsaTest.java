package io.tongbao.wire.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RSA signatures, keys, certificates and key files. */
final class RsaTest {
  private static final KeyPair KEYS = RsaKeys.generate();
  private static final KeyPair OTHERS = RsaKeys.generate();
  private static final Bytes CONTENT = Bytes.utf8("充值 100 分");
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @EnumSource(RsaScheme.class)
  void aSignatureCoversItsContentAndNoOther(RsaScheme scheme) {
    Bytes signature = new RsaSigner(KEYS.getPrivate(), scheme).sign(CONTENT);
    RsaVerifier verifier = new RsaVerifier(KEYS.getPublic(), scheme);
    assertThat(verifier.verify(CONTENT, signature)).isTrue();
    assertThat(verifier.verify(Bytes.utf8("充值 101 分"), signature)).isFalse();
    assertThat(new RsaVerifier(OTHERS.getPublic(), scheme).verify(CONTENT, signature)).isFalse();
    assertThat(RsaVerifier.decoy(scheme).verify(CONTENT, signature)).isFalse();
  }

  @Test
  void theSchemesDoNotMix() {
    Bytes signature = new RsaSigner(KEYS.getPrivate(), RsaScheme.SHA1).sign(CONTENT);
    assertThat(new RsaVerifier(KEYS.getPublic(), RsaScheme.SHA256).verify(CONTENT, signature))
        .isFalse();
  }

  @Test
  void noBrokenSignatureVerifiesOrThrows() {
    RsaVerifier verifier = new RsaVerifier(KEYS.getPublic(), RsaScheme.SHA1);
    byte[] good = new RsaSigner(KEYS.getPrivate(), RsaScheme.SHA1).sign(CONTENT).toArray();
    for (int length : new int[] {0, 1, 20, 128, 255, 257, 512, 4096}) {
      assertThat(verifier.verify(CONTENT, Bytes.of(Arrays.copyOf(good, length)))).isFalse();
    }
    byte[] most = new byte[256];
    Arrays.fill(most, (byte) 0xff);
    assertThat(verifier.verify(CONTENT, Bytes.of(most))).isFalse();
    for (int at = 0; at < good.length; at += 17) {
      byte[] bent = good.clone();
      bent[at] ^= 1;
      assertThat(verifier.verify(CONTENT, Bytes.of(bent))).isFalse();
    }
  }

  @Test
  void keysGoThroughPem() {
    assertThat(RsaKeys.privateKey(RsaKeys.pem(KEYS.getPrivate()))).isEqualTo(KEYS.getPrivate());
    assertThat(RsaKeys.publicKey(RsaKeys.pem(KEYS.getPublic()))).isEqualTo(KEYS.getPublic());
    assertThat(RsaKeys.pem(KEYS.getPublic())).startsWith("-----BEGIN PUBLIC KEY-----\n");
    assertThatThrownBy(() -> RsaKeys.publicKey("-----BEGIN PUBLIC KEY-----\nAAAA\n"))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () -> RsaKeys.publicKey("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void weakKeysAreRefused() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair small = generator.generateKeyPair();
    assertThatThrownBy(() -> new RsaVerifier(small.getPublic(), RsaScheme.SHA256))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new RsaSigner(small.getPrivate(), RsaScheme.SHA256))
        .isInstanceOf(Refusal.class);
    String pem = RsaKeys.pem(small.getPublic());
    assertThatThrownBy(() -> RsaKeys.publicKey(pem)).isInstanceOf(Refusal.class);
    generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
    new RsaVerifier(generator.generateKeyPair().getPublic(), RsaScheme.SHA256);
  }

  @Test
  void anExponentOfOneIsRefused() throws GeneralSecurityException {
    var modulus = ((java.security.interfaces.RSAPublicKey) KEYS.getPublic()).getModulus();
    for (long e : new long[] {1, 2, 4}) {
      var weak = new HandMadeKey(modulus, java.math.BigInteger.valueOf(e));
      assertThatThrownBy(() -> new RsaVerifier(weak, RsaScheme.SHA256)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void aCertificateSaysWhoseKeyItIs() throws GeneralSecurityException {
    for (String end : new String[] {"2036-01-01T00:00:00Z", "2051-06-30T12:00:00Z"}) {
      var certificate = Certificates.selfSigned(KEYS, "100009001000", FROM, Instant.parse(end));
      certificate.verify(KEYS.getPublic());
      assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=100009001000");
      assertThat(certificate.getNotAfter()).isEqualTo(end);
      assertThat(Certificates.read(Certificates.der(certificate))).isEqualTo(certificate);
      assertThat(Certificates.read(Certificates.pem(certificate))).isEqualTo(certificate);
      assertThat(RsaKeys.publicKey(Certificates.pem(certificate))).isEqualTo(KEYS.getPublic());
    }
    assertThatThrownBy(() -> Certificates.read(Bytes.utf8("x"))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Certificates.read(Bytes.EMPTY)).isInstanceOf(Refusal.class);
  }

  @Test
  void aKeyFileOpensWithItsPasswordOnly() {
    var certificate =
        Certificates.selfSigned(KEYS, "100009001000", FROM, Instant.parse("2036-01-01T00:00:00Z"));
    Bytes file =
        new Pkcs12("100009001000", KEYS.getPrivate(), certificate).write(new Secret("abcd1234"));
    Pkcs12 read = Pkcs12.read(file, new Secret("abcd1234"));
    assertThat(read.alias()).isEqualTo("100009001000");
    assertThat(read.key()).isEqualTo(KEYS.getPrivate());
    assertThat(read.certificate()).isEqualTo(certificate);
    assertThatThrownBy(() -> Pkcs12.read(file, new Secret("abcd1235"))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Pkcs12.read(Bytes.utf8("no file"), new Secret("abcd1234")))
        .isInstanceOf(Refusal.class);
  }

  private record HandMadeKey(
      java.math.BigInteger getModulus, java.math.BigInteger getPublicExponent)
      implements java.security.interfaces.RSAPublicKey {
    @Override
    public String getAlgorithm() {
      return "RSA";
    }

    @Override
    public String getFormat() {
      return "none";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }
}
