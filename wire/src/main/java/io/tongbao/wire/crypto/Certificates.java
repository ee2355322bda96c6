package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates that say no more than whose key this is: self-signed, because the other side trusts
 * the file that it was handed, not an authority. Specification: escrow §2.3 (证书文件).
 */
public final class Certificates {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT);
  private static final DateTimeFormatter GENERAL =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);
  private static final int LAST_YEAR_OF_UTC_TIME = 2049;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Certificates() {}

  /** A certificate of this pair's public key, signed with its private key. */
  public static X509Certificate selfSigned(
      KeyPair keys, String commonName, Instant from, Instant until) {
    RsaKeys.require(keys.getPublic());
    X500Name name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(name, serial(), time(from), time(until), name, key);
    int usage = KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      var signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
      return read(Bytes.of(builder.build(signer).getEncoded()));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot certify this key", e);
    }
  }

  /** The file that is handed out as {@code .cer}: DER. */
  public static Bytes der(X509Certificate certificate) {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that cannot be written", e);
    }
  }

  public static String pem(X509Certificate certificate) {
    return Pem.write("CERTIFICATE", der(certificate).toArray());
  }

  /** Reads a certificate from PEM. */
  public static X509Certificate read(String pem) {
    return read(Pem.der("CERTIFICATE", pem));
  }

  /** Reads a certificate from DER or, as some files are, from PEM under the same name. */
  public static X509Certificate read(Bytes file) {
    byte[] content = file.toArray();
    if (content.length > 0 && content[0] == '-') {
      return read(new String(content, StandardCharsets.US_ASCII));
    }
    try {
      var stream = new ByteArrayInputStream(content);
      var factory = CertificateFactory.getInstance("X.509");
      if (!(factory.generateCertificate(stream) instanceof X509Certificate certificate)) {
        throw Refusal.of(Refusal.Reason.MALFORMED, "CERTIFICATE");
      }
      RsaKeys.require(certificate.getPublicKey());
      return certificate;
    } catch (CertificateException unreadable) {
      throw Refusal.of(Refusal.Reason.MALFORMED, "CERTIFICATE");
    }
  }

  private static BigInteger serial() {
    return new BigInteger(120, RANDOM).setBit(120);
  }

  private static Time time(Instant instant) {
    LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return utc.getYear() <= LAST_YEAR_OF_UTC_TIME
        ? new Time(new ASN1UTCTime(UTC.format(utc)))
        : new Time(new ASN1GeneralizedTime(GENERAL.format(utc)));
  }
}
