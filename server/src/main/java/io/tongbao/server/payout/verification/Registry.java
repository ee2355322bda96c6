package io.tongbao.server.payout.verification;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.CardBins;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.IdentityCheck;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.payout.PayoutForms;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What those who know persons and cards say of a claim, in the codes of specification §2.3: 2002
 * for data that cannot be, 2006 for a card that cannot be, 2003 where the two do not agree.
 */
@Component
final class Registry {
  private final IdentityCheck identities;
  private final CardBins bins;

  Registry(IdentityCheck identities, CardBins bins) {
    this.identities = identities;
    this.bins = bins;
  }

  /** A person and what should be his, in the forms that are stored and compared. */
  record Claim(Secret name, Secret idCard, @Nullable Secret card, @Nullable Secret mobile) {

    /** Refuses what no person or card can have, by its wire name. */
    static Claim of(Secret name, Secret idCard, @Nullable Secret card, @Nullable Secret mobile) {
      return new Claim(
          person("real_name", () -> Forms.name(name.reveal(), "real_name")),
          person("id_card", () -> Forms.identityNo(idCard, "id_card")),
          card == null ? null : PayoutForms.bankCard(card, "card_no"),
          mobile == null ? null : person("mobile", () -> Forms.phone(mobile.reveal(), "mobile")));
    }

    private static Secret person(String field, Supplier<Secret> form) {
      try {
        return form.get();
      } catch (Refusal impossible) {
        throw Refusal.of(Reason.BAD_IDENTITY_DATA, field);
      }
    }
  }

  /** Refuses a claim that is not known to be true. */
  void require(Merchant dealer, Claim claim) {
    Secret card = claim.card();
    if (card == null) {
      require(identities.person(dealer, claim.name(), claim.idCard()));
      return;
    }
    if (bins.find(card).isEmpty()) {
      throw Refusal.of(Reason.WRONG_CARD, "card_no");
    }
    require(
        identities.card(
            dealer,
            new CardClaim(
                claim.mobile() == null ? BindMethod.THREE_ELEMENTS : BindMethod.FOUR_ELEMENTS,
                claim.name(),
                claim.idCard(),
                card,
                claim.mobile(),
                null,
                null,
                false,
                null)));
  }

  private static void require(IdentityCheck.Finding finding) {
    switch (finding) {
      case AGREES -> {}
      case DIFFERS -> throw Refusal.of(Reason.IDENTITY_REFUSED);
      // Nobody is turned away for want of an answer: he may ask again.
      case UNKNOWN -> throw Refusal.of(Reason.BUSY);
    }
  }
}
