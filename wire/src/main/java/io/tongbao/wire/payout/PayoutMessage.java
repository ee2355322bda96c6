package io.tongbao.wire.payout;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.wire.Form;
import io.tongbao.wire.Multipart;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The five parameters that every request and every notice of the payout interface carries, chapter
 * 4 §1 to §3: {@code data} encrypted, the first three signed. Whoever holds one knows that its
 * shapes are right; only {@link #authenticate} leads on to what it says.
 *
 * <p>The shapes make the signed string cut in one way only: base64 holds no ampersand and the time
 * is digits to the end, so that {@code mess} is what lies between, whatever it contains.
 */
public record PayoutMessage(
    String data, String mess, String timestamp, String sign, @Nullable String signType) {
  /** How far the timestamp may be from the platform's clock, either way. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  /** The longest {@code mess}, in characters. */
  public static final int LONGEST_MESS = 1024;

  private static final String SIGN_TYPE = "sha256";
  private static final int DIGITS_OF_MILLIS = 12;
  private static final Pattern DATA = Pattern.compile("\\A[A-Za-z0-9+/]+={0,2}\\z");
  private static final Pattern CANONICAL =
      Pattern.compile("data=([^&]*)&mess=(.*)&timestamp=([0-9]*)", Pattern.DOTALL);
  private static final Pattern TIMESTAMP = Pattern.compile("\\A[0-9]{1,16}\\z");

  public PayoutMessage {
    require(DATA.matcher(data).matches() && data.length() % 4 == 0, "data");
    require(!mess.isEmpty() && mess.length() <= LONGEST_MESS, "mess");
    require(TIMESTAMP.matcher(timestamp).matches(), "timestamp");
  }

  /**
   * Reads a GET. The parameters are in the query; where the query has no {@code data}, in a form
   * body. Some clients send both, the body encoded twice: then the query counts alone.
   */
  public static PayoutMessage readGet(Bytes query, Bytes body) {
    Form fromQuery = Form.read(query);
    return of((fromQuery.has("data") ? fromQuery : Form.read(body))::one);
  }

  /**
   * Reads a POST. The parameters are in the body; where it has no {@code data}, in the query. The
   * body is a form whatever it calls itself, unless it announces parts: PHP sends an array so.
   */
  public static PayoutMessage readPost(Bytes query, @Nullable String contentType, Bytes body) {
    if (contentType != null && Multipart.isAnnouncedBy(contentType)) {
      return readParts(query, Multipart.read(contentType, body));
    }
    Form fromBody = Form.read(body);
    return of((fromBody.has("data") ? fromBody : Form.read(query))::one);
  }

  static PayoutMessage readParts(Bytes query, Multipart parts) {
    return of(parts.text("data") == null ? Form.read(query)::one : parts::text);
  }

  /** Reads a notice's body: the client's side. */
  public static PayoutMessage readNotice(Bytes body) {
    return of(Form.read(body)::one);
  }

  /**
   * Takes a signed string apart again. Its shapes make that possible in one way only.
   *
   * @param canonical as {@link #canonical()} wrote it
   */
  public static PayoutMessage ofCanonical(String canonical, String sign) {
    Matcher parts = CANONICAL.matcher(canonical);
    require(parts.matches(), "data");
    return new PayoutMessage(parts.group(1), parts.group(2), parts.group(3), sign, SIGN_TYPE);
  }

  /** Base64 has no blank: one in {@code data} is a plus that a client did not encode. */
  private static PayoutMessage of(Function<String, @Nullable String> parameter) {
    return new PayoutMessage(
        required(parameter, "data").replace(' ', '+'),
        required(parameter, "mess"),
        required(parameter, "timestamp"),
        required(parameter, "sign"),
        parameter.apply("sign_type"));
  }

  /** A message that says {@code json}, encrypted and signed. */
  public static PayoutMessage sealed(String json, String mess, Instant time, PayoutKeys keys) {
    String data = keys.seal(json);
    String timestamp = Long.toString(time.getEpochSecond());
    String sign = keys.sign(canonical(data, mess, timestamp));
    return new PayoutMessage(data, mess, timestamp, sign, SIGN_TYPE);
  }

  /** What is signed, but for the key at its end. */
  public String canonical() {
    return canonical(data, mess, timestamp);
  }

  /** The SHA-256 of what is signed: by it a message is known again, at whichever address. */
  public Bytes digest() {
    return Bytes.utf8(canonical()).sha256();
  }

  /** The time said: seconds, or milliseconds where there are twelve digits or more. */
  public Instant time() {
    long number = Long.parseLong(timestamp);
    return timestamp.length() >= DIGITS_OF_MILLIS
        ? Instant.ofEpochMilli(number)
        : Instant.ofEpochSecond(number);
  }

  /** Whether the timestamp is within {@link #WINDOW} of {@code now}. */
  public boolean isFresh(Instant now) {
    return Duration.between(time(), now).abs().compareTo(WINDOW) <= 0;
  }

  /**
   * The message, now that its code is checked. A right code counts whatever {@code sign_type} says;
   * with a wrong one, a label other than {@code sha256} is what is refused.
   */
  public Authentic authenticate(PayoutKeys keys) {
    if (keys.verify(canonical(), sign)) {
      return new Authentic(this, keys);
    }
    if (signType == null) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, "sign_type");
    }
    require(signType.equals(SIGN_TYPE), "sign_type");
    throw Refusal.of(Refusal.Reason.BAD_SIGNATURE);
  }

  /** The body of a POST, or the query of a GET. */
  public String form() {
    return Form.write(
        new Form.Field("data", data),
        new Form.Field("mess", mess),
        new Form.Field("timestamp", timestamp),
        new Form.Field("sign", sign),
        new Form.Field("sign_type", SIGN_TYPE));
  }

  @Override
  public String toString() {
    return "message at " + timestamp;
  }

  private static String canonical(String data, String mess, String timestamp) {
    return "data=" + data + "&mess=" + mess + "&timestamp=" + timestamp;
  }

  private static String required(Function<String, @Nullable String> parameter, String name) {
    String value = parameter.apply(name);
    if (value == null) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, name);
    }
    return value;
  }

  private static void require(boolean met, String name) {
    if (!met) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
  }

  /** A message whose code is right: the only one that can be opened. */
  public static final class Authentic {
    private final PayoutMessage message;
    private final PayoutKeys keys;

    private Authentic(PayoutMessage message, PayoutKeys keys) {
      this.message = message;
      this.keys = keys;
    }

    public PayoutMessage message() {
      return message;
    }

    /** The JSON text inside, or a refusal {@code DECRYPTION_FAILED}. */
    public Secret open() {
      return keys.open(message.data());
    }

    @Override
    public String toString() {
      return "authentic " + message;
    }
  }
}
