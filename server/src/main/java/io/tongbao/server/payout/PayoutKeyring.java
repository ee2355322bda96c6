package io.tongbao.server.payout;

import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.wire.payout.PayoutKeys;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The dealers' keys, 3deskey and appkey, made ready once. Specification chapter 2 §2. */
@Component
public final class PayoutKeyring {
  /** The purposes under which a dealer's keys are kept. */
  public static final String DES3 = "des3";

  public static final String APPKEY = "appkey";

  private final PayoutKeys decoy = PayoutKeys.generate();
  private final Map<Integer, PayoutKeys> known = new ConcurrentHashMap<>();

  PayoutKeyring() {}

  /** The dealer's keys; one that lacks either is refused as if he did not exist. */
  public PayoutKeys of(Merchant dealer) {
    Secret des3 = dealer.key(DES3);
    Secret appkey = dealer.key(APPKEY);
    PayoutKeys keys = known.get(dealer.id());
    if (keys == null || !keys.des3key().equals(des3) || !keys.appkey().equals(appkey)) {
      keys = new PayoutKeys(des3, appkey);
      known.put(dealer.id(), keys);
    }
    return keys;
  }

  /** Both keys as one text, under which evidence is proved later. */
  static Secret asOne(PayoutKeys keys) {
    return new Secret(keys.des3key().reveal() + keys.appkey().reveal());
  }

  static PayoutKeys ofOne(Secret both) {
    String text = both.reveal();
    return new PayoutKeys(
        new Secret(text.substring(0, PayoutKeys.DES3_LENGTH)),
        new Secret(text.substring(PayoutKeys.DES3_LENGTH)));
  }

  /** The keys of a dealer that does not exist: to check his messages takes as long. */
  PayoutKeys decoy() {
    return decoy;
  }
}
