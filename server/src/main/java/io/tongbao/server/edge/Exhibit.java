package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One piece of evidence: what a merchant signed, and whether that proves itself now.
 *
 * @param operation where it was sent to; the payout face signs no address
 * @param cameAt the merchant's clock; also the time of the order that came of it
 * @param receivedAt the database's clock
 * @param digest what the message was known by, SHA-256 of the signed bytes
 * @param signed what was put away, with the key of that time
 * @param said what the merchant said, in clear; null where the verdict is not {@code PROVEN}
 */
public record Exhibit(
    Merchant merchant,
    long id,
    String operation,
    Instant cameAt,
    Instant receivedAt,
    Bytes digest,
    Signed signed,
    Verdict verdict,
    @Nullable Secret said) {

  /** What evidence is worth. */
  public enum Verdict {
    /** The signature is good over these bytes, and they are those that the platform acted on. */
    PROVEN,
    /**
     * A part may not be stored (a card's security code, a password): the merchant's own copy proves
     * itself against the digest and the signature.
     */
    COVERED,
    /** Somebody changed something. */
    FORGED
  }
}
