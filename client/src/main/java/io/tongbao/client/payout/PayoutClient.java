package io.tongbao.client.payout;

import io.tongbao.client.payout.OrderCalls.OrderState;
import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.payout.PayoutAnswer;
import io.tongbao.wire.payout.PayoutMessage;
import io.tongbao.wire.payout.PayoutNotice;
import io.tongbao.wire.payout.PayoutUpload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A dealer's line to the payout face. Encrypts and signs each request with the dealer's keys,
 * believes no notice that the platform did not sign, and reads the day's files. Safe for use by
 * many threads.
 *
 * <pre>{@code
 * PayoutClient client = PayoutClient.at(URI.create("http://localhost:8080"), credentials);
 * Receipt receipt = client.callPatiently(new OrderCalls.ToBankCard(...), 5);
 * }</pre>
 */
public final class PayoutClient {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST_DOWNLOAD = Duration.ofMinutes(30);
  private static final long FIRST_PAUSE = 200;
  private static final long LONGEST_PAUSE = 5_000;
  private static final int LONGEST_MESS = 16;
  private static final int OK = 200;

  private final URI base;
  private final PayoutCredentials credentials;
  private final InstantSource clock;
  private final HttpClient http;

  private PayoutClient(URI base, PayoutCredentials credentials, InstantSource clock) {
    this.base = base;
    this.credentials = credentials;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  /** A client of the platform at {@code base}, such as {@code http://localhost:8080}. */
  public static PayoutClient at(URI base, PayoutCredentials credentials) {
    return new PayoutClient(base, credentials, InstantSource.system());
  }

  /** The same with another clock: a sandbox's may be ahead of the world's. */
  public static PayoutClient at(URI base, PayoutCredentials credentials, InstantSource clock) {
    return new PayoutClient(base, credentials, clock);
  }

  public PayoutCredentials credentials() {
    return credentials;
  }

  /**
   * Asks, and returns the answer.
   *
   * @throws PayoutRefused the platform says no
   * @throws OutcomeUnknown there is no answer; an order may have been taken in
   */
  public <R> R call(PayoutCall<R> call) {
    return send(call, sign(call));
  }

  /**
   * Asks with the same content again while there is no answer or the platform is in trouble, after
   * 0.2 s, 0.4 s and so on up to 5 s: the same order_id is paid once, however often it is sent
   * (chapter 5 §1).
   *
   * @param attempts how often at most
   */
  public <R> R callPatiently(PayoutCall<R> call, int attempts) {
    for (int left = attempts; left > 1; left--) {
      try {
        return call(call);
      } catch (OutcomeUnknown | PayoutRefused failed) {
        if (failed instanceof PayoutRefused refused && !refused.isTransient()) {
          throw refused;
        }
      }
      pause(call, attempts - left);
    }
    return call(call);
  }

  /** A platform that is being started again needs a moment; five calls in a row would miss it. */
  private static void pause(PayoutCall<?> call, int times) {
    try {
      Thread.sleep(Math.min(FIRST_PAUSE << Math.min(times, 10), LONGEST_PAUSE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutcomeUnknown("interrupted before asking again: " + call.path(), e);
    }
  }

  /** Encrypts and signs a call without sending it: keep what comes, to send the same again. */
  public PayoutMessage sign(PayoutCall<?> call) {
    return PayoutMessage.sealed(
        data(call), Ids.digits(LONGEST_MESS), clock.instant(), credentials.keys());
  }

  /** Sends a signed call; the same one twice has one effect and one answer. */
  public <R> R send(PayoutCall<R> call, PayoutMessage message) {
    HttpRequest.Builder request =
        switch (call.verb()) {
          case GET -> request(URI.create(base.resolve(call.path()) + "?" + message.form()));
          case POST ->
              request(base.resolve(call.path()))
                  .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                  .POST(BodyPublishers.ofString(message.form()));
        };
    return answer(request.build(), call.answer());
  }

  /** 身份证信息上传 §2.4: both sides of an identity card, JPEG or PNG, at most 5 MB each. */
  public void upload(VerificationCalls.IdentityCard card, Bytes front, Bytes back) {
    String boundary = Ids.token();
    PayoutUpload upload = new PayoutUpload(sign(card), front, back);
    HttpRequest.Builder request =
        request(base.resolve(card.path()))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(upload.body(boundary).toArray()));
    answer(request.build(), card.answer());
  }

  /**
   * Fetches a file whose address {@link DataCalls} gave; close what comes.
   *
   * @throws OutcomeUnknown it is not there, or no longer
   */
  public InputStream download(URI address) {
    HttpRequest get =
        HttpRequest.newBuilder(base.resolve(address))
            .timeout(LONGEST_DOWNLOAD)
            .header("dealer-id", credentials.dealerId())
            .build();
    HttpResponse<InputStream> response = exchange(get, BodyHandlers.ofInputStream());
    if (response.statusCode() != OK) {
      throw new OutcomeUnknown(
          "the file is not there", new IOException("status " + response.statusCode()));
    }
    return response.body();
  }

  /** Reads a notice's body and checks that the platform signed it with the dealer's appkey. */
  public Notice notice(Bytes body) {
    PayoutNotice notice = PayoutNotice.read(body, credentials.keys());
    OrderState order = read(notice.data().reveal(), OrderState.class);
    return new Notice(notice.notifyId(), notice.notifyTime(), order);
  }

  /**
   * The same, and checks the headers of Standard Webhooks as well, which say when this attempt was
   * sent: an old one is refused.
   *
   * @param header finds a header of the notice by its name
   */
  public Notice notice(Bytes body, UnaryOperator<@Nullable String> header) {
    WebhookSignature.require(credentials, body, header, clock.instant());
    return notice(body);
  }

  private String data(PayoutCall<?> call) {
    ObjectNode data = PayoutJson.MAPPER.createObjectNode();
    if (call.namesDealer()) {
      data.put("dealer_id", credentials.dealerId());
    }
    data.setAll((ObjectNode) PayoutJson.MAPPER.valueToTree(call));
    return PayoutJson.MAPPER.writeValueAsString(data);
  }

  private HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address)
        .timeout(PATIENCE)
        .header("dealer-id", credentials.dealerId())
        .header("request-id", Long.toString(Ids.next()));
  }

  private <R> R answer(HttpRequest request, Class<R> type) {
    HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
    try {
      PayoutAnswer answer = PayoutAnswer.read(response.body());
      if (!answer.isOk()) {
        throw new PayoutRefused(answer.code(), answer.message());
      }
      return read(answer.data() == null ? "{}" : answer.open(credentials.keys()).reveal(), type);
    } catch (Refusal unreadable) {
      throw new OutcomeUnknown("unreadable answer of " + request.uri().getPath(), unreadable);
    }
  }

  private <B> HttpResponse<B> exchange(HttpRequest request, BodyHandler<B> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new OutcomeUnknown("no answer from " + request.uri().getPath(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutcomeUnknown("interrupted while waiting for " + request.uri().getPath(), e);
    }
  }

  private static <R> R read(String text, Class<R> type) {
    try {
      return PayoutJson.MAPPER.readValue(text, type);
    } catch (JacksonException | Refusal e) {
      throw new OutcomeUnknown("unreadable " + type.getSimpleName(), e);
    }
  }
}
