package io.tongbao.server.merchant;

import io.tongbao.server.boot.Profile;
import io.tongbao.server.boot.StartRefused;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * The look at every merchant's keys when production starts: a key that stands in a specification
 * may have come in past the rules, by a restored table or from a test system (THREATS T-X14).
 */
@Component
final class SampleKeys implements SmartInitializingSingleton {
  private final Merchants merchants;
  private final Profile profile;

  SampleKeys(Merchants merchants, Profile profile) {
    this.merchants = merchants;
    this.profile = profile;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (profile != Profile.PRODUCTION) {
      return;
    }
    List<String> bad =
        merchants.all().stream()
            .filter(merchant -> merchant.keys().values().stream().anyMatch(KeyRules::isSample))
            .map(merchant -> merchant.face().code() + " " + merchant.code())
            .toList();
    if (!bad.isEmpty()) {
      throw new StartRefused(
          "Merchants have keys that a specification prints: " + String.join(", ", bad),
          "give them keys of their own before anybody can call");
    }
  }
}
