package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Merchant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The sandbox's registry of persons: everybody is who he says, but for names that begin with 错.
 * Phones with the specification's special beginnings (§4.1.10) fail where the merchant's setting
 * {@code sandbox.specialPhonesFail} is on.
 */
@Component
@Profile("sandbox")
final class SandboxIdentities implements IdentityCheck {
  private static final String WRONG = "错";
  private static final Set<String> SPECIAL =
      Set.of("151", "152", "153", "181", "182", "183", "188");

  @Override
  public Finding person(Merchant merchant, Secret name, Secret identityNo) {
    return name.reveal().startsWith(WRONG) ? Finding.DIFFERS : Finding.AGREES;
  }

  @Override
  public Finding card(Merchant merchant, CardClaim claim) {
    if (merchant.allows("sandbox.specialPhonesFail") && isSpecial(claim.phone())) {
      return Finding.DIFFERS;
    }
    return person(merchant, claim.holder(), claim.holderIdentity());
  }

  private static boolean isSpecial(@Nullable Secret phone) {
    return phone != null && SPECIAL.contains(phone.reveal().substring(0, 3));
  }
}
