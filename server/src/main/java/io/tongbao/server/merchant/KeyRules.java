package io.tongbao.server.merchant;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.boot.Profile;
import io.tongbao.wire.crypto.RsaKeys;
import io.tongbao.wire.crypto.TripleDes;
import io.tongbao.wire.crypto.WebhookSecret;
import io.tongbao.wire.payout.PayoutKeys;
import org.springframework.stereotype.Component;

/**
 * Which keys a merchant may have (THREATS T-X14). Looked at where a key enters, because the wire's
 * ciphers take anything of the right length: RSA of 2048 bits and more, three different keys in a
 * triple DES key, nothing that a specification prints.
 */
@Component
final class KeyRules {
  /** How the purposes of triple DES keys begin. */
  private static final String TRIPLE_DES = "des3";

  private static final String PEM = "-----BEGIN";

  private final boolean production;

  KeyRules(Profile profile) {
    this.production = profile == Profile.PRODUCTION;
  }

  /** Refuses a key by the name of its purpose, and never shows it. */
  void require(Face face, String purpose, Secret key) {
    String text = key.reveal();
    if (text.isBlank() || (production && isSample(key))) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, purpose);
    }
    if (text.contains(PEM)) {
      requirePublicKey(purpose, text);
    }
    if (purpose.startsWith(TRIPLE_DES) && cipher(face, key).isWeak()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, purpose);
    }
    if (purpose.equals(WebhookKeys.CURRENT)) {
      new WebhookSecret(key).text();
    }
  }

  /** Whether the key stands in a specification, for everybody to read. */
  static boolean isSample(Secret key) {
    return PayoutKeys.isPrinted(key);
  }

  private static void requirePublicKey(String purpose, String text) {
    try {
      RsaKeys.publicKey(text);
    } catch (Refusal weakOrUnreadable) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, purpose);
    }
  }

  /** Payout writes 24 characters, the other faces hexadecimal digits. */
  private static TripleDes cipher(Face face, Secret key) {
    return face == Face.PAYOUT ? TripleDes.cbc(key) : TripleDes.ecb(key);
  }
}
