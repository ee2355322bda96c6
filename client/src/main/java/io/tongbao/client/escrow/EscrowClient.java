package io.tongbao.client.escrow;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.wire.crypto.RsaScheme;
import io.tongbao.wire.crypto.RsaSigner;
import io.tongbao.wire.crypto.RsaVerifier;
import io.tongbao.wire.crypto.Signer;
import io.tongbao.wire.crypto.Verifier;
import io.tongbao.wire.crypto.WebhookSecret;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowNotice;
import io.tongbao.wire.escrow.EscrowRequest;
import io.tongbao.wire.escrow.EscrowReturn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merchant's line to the escrow face. Signs each request with the merchant's key and believes no
 * answer and no notice that the platform did not sign. Safe for use by many threads.
 *
 * <pre>{@code
 * EscrowClient client = EscrowClient.at(URI.create("http://localhost:8080"), credentials);
 * var member = client.call(new MemberCalls.Create("alice", MemberType.PERSON, Source.MOBILE));
 * }</pre>
 */
public final class EscrowClient {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI base;
  private final EscrowCredentials credentials;
  private final InstantSource clock;
  private final HttpClient http;
  private final JsonMapper json;
  private final Signer signer;
  private final Verifier platform;

  private EscrowClient(URI base, EscrowCredentials credentials, InstantSource clock) {
    this.base = base;
    this.credentials = credentials;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    this.json = EscrowJson.mapper(credentials);
    this.signer = new RsaSigner(credentials.merchantKey(), RsaScheme.SHA1);
    this.platform = new RsaVerifier(credentials.platformKey(), RsaScheme.SHA1);
  }

  /** A client of the platform at {@code base}, such as {@code http://localhost:8080}. */
  public static EscrowClient at(URI base, EscrowCredentials credentials) {
    return new EscrowClient(base, credentials, InstantSource.system());
  }

  /** The same with another clock: a sandbox's may be ahead of the world's. */
  public static EscrowClient at(URI base, EscrowCredentials credentials, InstantSource clock) {
    return new EscrowClient(base, credentials, clock);
  }

  public EscrowCredentials credentials() {
    return credentials;
  }

  /**
   * Asks, and returns the answer.
   *
   * @throws EscrowRefused the platform says no
   * @throws OutcomeUnknown there is no answer to trust; the request may have been carried out
   */
  public <R> R call(EscrowCall<R> call) {
    return send(sign(call), call.answer());
  }

  /** Signs a call without sending it: keep what comes, to send the same bytes again. */
  public EscrowRequest sign(EscrowCall<?> call) {
    return EscrowRequest.signed(credentials.sysid(), clock.instant(), text(call), signer);
  }

  /** Sends a signed request; the same one twice has one effect and one answer. */
  public <R> R send(EscrowRequest request, Class<R> type) {
    EscrowAnswer answer = exchange(request);
    if (!answer.isOk()) {
      throw new EscrowRefused(
          Objects.requireNonNullElse(answer.errorCode(), ""),
          Objects.requireNonNullElse(answer.message(), ""));
    }
    return read(answer.signedValue(), type);
  }

  /** The address of a front page to send the payer's browser to, such as {@code frontTrans.do}. */
  public URI page(String path, EscrowCall<?> call) {
    EscrowRequest request = sign(call);
    String query = path.contains("/pwd/") ? request.pageQuery() : request.form();
    return base.resolve(path + "?" + query);
  }

  /** Reads a notice's body and checks that the platform sent it. */
  public Notice notice(Bytes body) {
    EscrowNotice notice = EscrowNotice.read(body, platform);
    return read(notice.rps(), Notice.class);
  }

  /**
   * Reads a notice and checks both of its signatures: the specification's in the body, and that of
   * Standard Webhooks in the headers, which also covers when it was sent. Take the header {@code
   * webhook-id} as the notice's name: it is the same each time that the notice comes.
   *
   * @param headers of the HTTP request, by lower-case name
   */
  public Notice notice(Map<String, String> headers, Bytes body) {
    WebhookSecret secret = credentials.webhook();
    if (secret == null) {
      throw new IllegalStateException("no webhook secret among the credentials");
    }
    boolean ours =
        secret.verifies(
            headers.getOrDefault("webhook-id", ""),
            headers.getOrDefault("webhook-timestamp", ""),
            headers.getOrDefault("webhook-signature", ""),
            body,
            clock.instant());
    if (!ours) {
      throw Refusal.of(Refusal.Reason.BAD_SIGNATURE, "webhook-signature");
    }
    return notice(body);
  }

  /** Reads what a browser brings back to frontUrl or jumpUrl, by the raw query. */
  public <R> R returned(String query, Class<R> type) {
    return read(EscrowReturn.read(Bytes.utf8(query), platform).signedValue(), type);
  }

  private String text(EscrowCall<?> call) {
    String[] name = call.method().split("\\.", 2);
    ObjectNode req = json.createObjectNode();
    req.put("service", name[0]);
    req.put("method", name[1]);
    req.set("param", json.valueToTree(call));
    return json.writeValueAsString(req);
  }

  private EscrowAnswer exchange(EscrowRequest request) {
    HttpRequest post =
        HttpRequest.newBuilder(base.resolve("/service/soa"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .POST(HttpRequest.BodyPublishers.ofString(request.form()))
            .build();
    try {
      HttpResponse<String> response = http.send(post, HttpResponse.BodyHandlers.ofString());
      return EscrowAnswer.read(response.body(), platform);
    } catch (IOException | Refusal e) {
      throw new OutcomeUnknown("no answer to trust for " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutcomeUnknown("interrupted while waiting for " + request, e);
    }
  }

  private <R> R read(String text, Class<R> type) {
    try {
      return json.readValue(text, type);
    } catch (JacksonException | Refusal e) {
      throw new OutcomeUnknown("unreadable " + type.getSimpleName(), e);
    }
  }
}
