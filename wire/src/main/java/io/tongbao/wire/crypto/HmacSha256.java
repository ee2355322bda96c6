package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under a key that is text. Specification: payout chapter 4 §3. */
public final class HmacSha256 {
  private static final Pattern LOWER_HEX = Pattern.compile("\\A[0-9a-f]{64}\\z");
  private static final Bytes NOTHING = Bytes.of(new byte[32]);

  private final SecretKeySpec key;

  public HmacSha256(Secret key) {
    this(Bytes.utf8(key.reveal()));
  }

  public HmacSha256(Bytes key) {
    this.key = new SecretKeySpec(key.toArray(), "HmacSHA256");
  }

  public Bytes of(Bytes content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Bytes.of(mac.doFinal(content.toArray()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HMAC-SHA-256", e);
    }
  }

  /** In lower-case hex, over the UTF-8 bytes of {@code text}. */
  public String hex(String text) {
    return of(Bytes.of(text.getBytes(StandardCharsets.UTF_8))).hex();
  }

  /**
   * Whether {@code hex} is the 64 lower-case digits of the code over {@code text}. The code is
   * computed and compared whatever {@code hex} looks like, and the comparison takes the same time
   * wherever the two differ.
   */
  public boolean verify(String text, String hex) {
    boolean wellFormed = LOWER_HEX.matcher(hex).matches();
    Bytes claimed = wellFormed ? Bytes.ofHex(hex) : NOTHING;
    return of(Bytes.utf8(text)).equals(claimed) && wellFormed;
  }

  @Override
  public String toString() {
    return "HMAC-SHA-256";
  }
}
