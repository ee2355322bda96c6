package io.tongbao.server.payout;

import io.tongbao.kernel.Ids;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
import io.tongbao.wire.crypto.HmacSha256;
import io.tongbao.wire.payout.PayoutAnswer;
import io.tongbao.wire.payout.PayoutKeys;
import io.tongbao.wire.payout.PayoutMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A dealer as tests play it: signs with keys of its own and sends over HTTP, as in life. */
public final class PayoutDealer {
  public static final String FORM = "application/x-www-form-urlencoded";

  private final Merchants merchants;
  private final Merchant merchant;
  private final PayoutKeys keys;
  private final String address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private PayoutDealer(Merchants merchants, Merchant merchant, PayoutKeys keys, int port) {
    this.merchants = merchants;
    this.merchant = merchant;
    this.keys = keys;
    this.address = "http://localhost:" + port;
  }

  /** Takes a new dealer on at the server that listens on this port. */
  public static PayoutDealer open(Merchants merchants, int port) {
    return open(merchants, port, Map.of(), List.of());
  }

  /** The same, with settings, for one that may call from these networks only. */
  public static PayoutDealer open(
      Merchants merchants, int port, Map<String, String> settings, List<String> sources) {
    PayoutKeys keys = PayoutKeys.generate();
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("sms.perDay", "1000000");
    all.putIfAbsent("sms.perHour", "1000000");
    NewMerchant wanted =
        new NewMerchant(
            Face.PAYOUT,
            "9" + Ids.digits(11),
            "测试平台",
            all,
            Map.of(PayoutKeyring.DES3, keys.des3key(), PayoutKeyring.APPKEY, keys.appkey()),
            sources,
            Set.of());
    return new PayoutDealer(merchants, merchants.create(wanted), keys, port);
  }

  /** A dealer that is there already, with the keys that it was given. */
  public static PayoutDealer known(
      Merchants merchants, int port, Merchant merchant, PayoutKeys keys) {
    return new PayoutDealer(merchants, merchant, keys, port);
  }

  public Merchant merchant() {
    return merchants.byId(merchant.id());
  }

  public String id() {
    return merchant.code();
  }

  public PayoutKeys keys() {
    return keys;
  }

  /** What time it is for this dealer. */
  public Instant now() {
    return merchants.now(merchant());
  }

  /** Signs this JSON text now, with a {@code mess} that no other message has. */
  public PayoutMessage sign(String json) {
    return sign(json, now());
  }

  public PayoutMessage sign(String json, Instant at) {
    return PayoutMessage.sealed(json, Ids.digits(12), at, keys);
  }

  /** A message with this {@code data}, whatever it is, and a right code. */
  public PayoutMessage signed(String data, String mess, String timestamp) {
    String canonical = "data=" + data + "&mess=" + mess + "&timestamp=" + timestamp;
    String sign = new HmacSha256(keys.appkey()).hex(canonical + "&key=" + keys.appkey().reveal());
    return new PayoutMessage(data, mess, timestamp, sign, "sha256");
  }

  /** Sends {@code "GET /path"} or {@code "POST /path"} with this signed JSON text. */
  public PayoutAnswer call(String operation, String json) {
    return answer(send(operation, sign(json)));
  }

  /** Sends a message where it may or may not belong. */
  public HttpResponse<byte[]> send(String operation, PayoutMessage message) {
    return send(operation, message.form(), "r" + Ids.digits(8));
  }

  public HttpResponse<byte[]> send(String operation, String form, String requestId) {
    String[] name = operation.split(" ", 2);
    return name[0].equals("GET")
        ? send(headed(name[1] + "?" + form, requestId).GET())
        : send(
            headed(name[1], requestId)
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  /** A request to this path and query with both headers. */
  public HttpRequest.Builder headed(String pathAndQuery, String requestId) {
    return request(pathAndQuery).header("dealer-id", id()).header("request-id", requestId);
  }

  /** A request to this path and query, without headers. */
  public HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(address + pathAndQuery));
  }

  public HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads an answer, which has HTTP status 200 whatever it says. */
  public static PayoutAnswer answer(HttpResponse<byte[]> response) {
    String body = text(response);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + body);
    }
    return PayoutAnswer.read(body);
  }

  public static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
