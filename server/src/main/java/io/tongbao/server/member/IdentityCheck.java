package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Merchant;

/** Who knows whether a name, an identity number, a card and a phone belong together. */
public interface IdentityCheck {

  /** What was found out. Nobody is turned away, or let in, for want of an answer. */
  enum Finding {
    AGREES,
    DIFFERS,
    UNKNOWN
  }

  /** Whether a person of that name has that identity number. */
  Finding person(Merchant merchant, Secret name, Secret identityNo);

  /** Whether the bank knows the card as claimed. */
  Finding card(Merchant merchant, CardClaim claim);
}
