package io.tongbao.wire.payout;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.Utf8;
import io.tongbao.wire.crypto.Base64Text;
import io.tongbao.wire.crypto.HmacSha256;
import io.tongbao.wire.crypto.TripleDes;

/**
 * A dealer's two keys, 3deskey and appkey. Specification: payout chapter 2 §2, chapter 4 §2 and §3.
 */
public final class PayoutKeys {
  /** How many characters a 3deskey has. */
  public static final int DES3_LENGTH = 24;

  private static final String SAMPLE_3DES_KEY = "123456788765432112345678";
  private static final String SAMPLE_APP_KEY = "78f9b4fad3481fbce1df0b30eee58577";

  private final Secret des3key;
  private final Secret appkey;
  private final TripleDes cipher;
  private final HmacSha256 hmac;

  /** A 3deskey of 24 ASCII characters and an appkey of any length. */
  public PayoutKeys(Secret des3key, Secret appkey) {
    if (appkey.reveal().isEmpty()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "appkey");
    }
    this.des3key = des3key;
    this.appkey = appkey;
    this.cipher = TripleDes.cbc(des3key);
    this.hmac = new HmacSha256(appkey);
  }

  /** Fresh keys: 24 and 32 random hexadecimal characters. */
  public static PayoutKeys generate() {
    PayoutKeys keys;
    do {
      String random = Ids.token();
      keys =
          new PayoutKeys(
              new Secret(random.substring(0, DES3_LENGTH)), new Secret(random.substring(32)));
    } while (keys.areWeak());
    return keys;
  }

  public Secret des3key() {
    return des3key;
  }

  public Secret appkey() {
    return appkey;
  }

  /** Whether two parts of the 3deskey are equal, or a key is one that the specification prints. */
  public boolean areWeak() {
    return cipher.isWeak() || isPrinted(des3key) || isPrinted(appkey);
  }

  /** Whether the specification prints this key, chapter 4 §2 and §3. */
  public static boolean isPrinted(Secret key) {
    return key.equals(new Secret(SAMPLE_3DES_KEY)) || key.equals(new Secret(SAMPLE_APP_KEY));
  }

  String seal(String json) {
    return cipher.encrypt(Bytes.utf8(json)).base64();
  }

  Secret open(String base64) {
    try {
      return new Secret(Utf8.text(cipher.decrypt(Base64Text.open(base64)).toArray()));
    } catch (Refusal unreadable) {
      throw Refusal.of(Refusal.Reason.DECRYPTION_FAILED);
    }
  }

  String sign(String canonical) {
    return hmac.hex(keyed(canonical));
  }

  boolean verify(String canonical, String sign) {
    return hmac.verify(keyed(canonical), sign);
  }

  @Override
  public String toString() {
    return "payout keys";
  }

  private String keyed(String canonical) {
    return canonical + "&key=" + appkey.reveal();
  }
}
