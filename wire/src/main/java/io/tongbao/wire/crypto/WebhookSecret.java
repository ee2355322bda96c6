package io.tongbao.wire.crypto;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The secret by which a merchant knows our notices, whatever the face: Standard Webhooks 1.0,
 * symmetric. Written {@code whsec_} and 24 to 64 bytes in base64. What is signed is the notice's
 * number, the time of sending in seconds, and the body, joined by dots.
 */
public final class WebhookSecret {
  /** How far the time of sending may be from the receiver's. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final int LEAST = 24;
  private static final int MOST = 64;
  private static final Pattern SECONDS = Pattern.compile("\\A[0-9]{1,12}\\z");

  private final Secret text;
  private final HmacSha256 hmac;

  /** Reads a secret; refuses another length and what is not base64. */
  public WebhookSecret(Secret text) {
    this.text = text;
    this.hmac = new HmacSha256(key(text.reveal()));
  }

  /** A new one, of 32 random bytes. */
  public static WebhookSecret fresh() {
    return new WebhookSecret(new Secret(PREFIX + Bytes.ofHex(Ids.token()).base64()));
  }

  /** As it is kept and handed out. */
  public Secret text() {
    return text;
  }

  /** One signature, such as {@code v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=}. */
  public String sign(String id, Instant at, Bytes body) {
    return VERSION + mac(id, Long.toString(at.getEpochSecond()), body).base64();
  }

  /**
   * Whether one of the signatures in the header is ours, and the time is within five minutes of
   * {@code now}. All of them are compared, each in constant time.
   *
   * @param id the header {@code webhook-id}
   * @param timestamp the header {@code webhook-timestamp}
   * @param signatures the header {@code webhook-signature}
   */
  public boolean verifies(String id, String timestamp, String signatures, Bytes body, Instant now) {
    if (!isFresh(timestamp, now)) {
      return false;
    }
    Bytes expected = Bytes.utf8(VERSION + mac(id, timestamp, body).base64());
    boolean found = false;
    for (String one : signatures.split(" ", -1)) {
      found |= expected.equals(Bytes.utf8(one));
    }
    return found;
  }

  @Override
  public String toString() {
    return "webhook secret";
  }

  private Bytes mac(String id, String timestamp, Bytes body) {
    byte[] head = Bytes.utf8(id + "." + timestamp + ".").toArray();
    byte[] signed = new byte[head.length + body.size()];
    System.arraycopy(head, 0, signed, 0, head.length);
    System.arraycopy(body.toArray(), 0, signed, head.length, body.size());
    return hmac.of(Bytes.of(signed));
  }

  private static boolean isFresh(String timestamp, Instant now) {
    if (!SECONDS.matcher(timestamp).matches()) {
      return false;
    }
    try {
      Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
      return Duration.between(at, now).abs().compareTo(WINDOW) <= 0;
    } catch (DateTimeException | ArithmeticException outOfRange) {
      return false;
    }
  }

  private static Bytes key(String text) {
    if (!text.startsWith(PREFIX)) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "webhook");
    }
    try {
      Bytes key = Bytes.ofBase64(text.substring(PREFIX.length()));
      if (key.size() >= LEAST && key.size() <= MOST) {
        return key;
      }
    } catch (IllegalArgumentException notBase64) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, "webhook");
    }
    throw Refusal.of(Refusal.Reason.BAD_FIELD, "webhook");
  }
}
