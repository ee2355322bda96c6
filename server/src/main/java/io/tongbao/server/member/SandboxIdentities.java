package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.SpecialPhones;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The sandbox's registry of persons: everybody is who he says, but for names that begin with 错.
 * {@link SpecialPhones} fail where the merchant's setting is on.
 */
@Component
@Profile("sandbox")
final class SandboxIdentities implements IdentityCheck {
  private static final String WRONG = "错";

  @Override
  public Finding person(Merchant merchant, Secret name, Secret identityNo) {
    return name.reveal().startsWith(WRONG) ? Finding.DIFFERS : Finding.AGREES;
  }

  @Override
  public Finding card(Merchant merchant, CardClaim claim) {
    Secret phone = claim.phone();
    return phone != null && SpecialPhones.fail(merchant, phone.reveal())
        ? Finding.DIFFERS
        : person(merchant, claim.holder(), claim.holderIdentity());
  }
}
