package io.tongbao.server.escrow;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.PlatformKeys;
import io.tongbao.wire.crypto.Base64Text;
import io.tongbao.wire.crypto.Certificates;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaSigner;
import io.tongbao.wire.crypto.RsaVerifier;
import io.tongbao.wire.crypto.Signer;
import io.tongbao.wire.crypto.Verifier;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The keys of the escrow face: the platform's pair, which signs every answer and notice, and the
 * merchants' public keys. Parsed once. Specification §2.3 and §3.4.
 */
@Component
public final class EscrowKeys {
  /** The purpose under which a merchant's public key (PEM, or its certificate) is kept. */
  public static final String MERCHANT = "public-key";

  private static final String PLATFORM = "platform";
  private static final Duration VALID = Duration.ofDays(20 * 365);

  /** A merchant's key as it was parsed from this text. */
  private record Parsed(Secret pem, PublicKey key, RsaVerifier verifier) {
    static Parsed of(Secret pem) {
      PublicKey key = RsaKeys.publicKey(pem.reveal());
      return new Parsed(pem, key, new RsaVerifier(key, RsaScheme.SHA1));
    }
  }

  private final PrivateKey key;
  private final String certificate;
  private final RsaSigner signer;
  private final RsaVerifier decoy = RsaVerifier.decoy(RsaScheme.SHA1);
  private final Map<Integer, Parsed> merchants = new ConcurrentHashMap<>();

  EscrowKeys(PlatformKeys keys, Clock clock) {
    PlatformKeys.Pair pair = keys.pair(Face.ESCROW, PLATFORM, () -> make(clock.instant()));
    this.key = RsaKeys.privateKey(pair.privateKey().reveal());
    this.certificate = pair.certificate();
    this.signer = new RsaSigner(key, RsaScheme.SHA1);
  }

  /** What the platform signs with. */
  public Signer signer() {
    return signer;
  }

  /** The platform's certificate, as PEM. */
  public String certificate() {
    return certificate;
  }

  /** The platform's public key. */
  public PublicKey publicKey() {
    return Certificates.read(certificate).getPublicKey();
  }

  /** What checks a merchant's signatures. */
  public Verifier verifier(Merchant merchant) {
    return parsed(merchant).verifier();
  }

  /** Whether a key that a merchant had once proves this signature of his, in base64. */
  static boolean proves(Secret pem, String content, String signature) {
    try {
      return Parsed.of(pem).verifier().verify(content, Base64Text.open(signature));
    } catch (Refusal notBase64) {
      return false;
    }
  }

  /** Checks the signatures of merchants that do not exist, for as long as it takes for others. */
  Verifier decoy() {
    return decoy;
  }

  /** How this merchant and the platform write fields of theirs. */
  EscrowSpelling spelling(Merchant merchant) {
    return new EscrowSpelling(parsed(merchant).key(), key);
  }

  private Parsed parsed(Merchant merchant) {
    Secret pem = merchant.key(MERCHANT);
    Parsed known = merchants.get(merchant.id());
    if (known == null || !known.pem().equals(pem)) {
      known = Parsed.of(pem);
      merchants.put(merchant.id(), known);
    }
    return known;
  }

  private static PlatformKeys.Pair make(Instant now) {
    KeyPair pair = RsaKeys.generate();
    var certificate =
        Certificates.selfSigned(
            pair, "Tongbao escrow", now.minus(Duration.ofDays(1)), now.plus(VALID));
    return new PlatformKeys.Pair(
        new Secret(RsaKeys.pem(pair.getPrivate())), Certificates.pem(certificate));
  }
}
