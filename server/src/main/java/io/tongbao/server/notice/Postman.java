package io.tongbao.server.notice;

import io.tongbao.server.notice.CheckedNames.Names;
import io.tongbao.server.notice.CheckedNames.NotPublic;
import io.tongbao.server.notice.Receipt.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Who carries letters out: one HTTP exchange, to a checked address only, without redirects, cookies
 * or retries, connected within 3 s and over within 10 s, reading at most 64 KB and a hundred short
 * headers.
 */
final class Postman implements AutoCloseable {
  static final Duration WHOLE = Duration.ofSeconds(10);
  private static final Timeout CONNECT = Timeout.ofSeconds(3);
  private static final int MOST_ANSWER = 64 * 1024;
  private static final int MOST_CONNECTIONS = 256;

  /** The library's own limits are none: one endless header would fill the memory. */
  private static final Http1Config HTTP =
      Http1Config.custom().setMaxLineLength(8 * 1024).setMaxHeaderCount(100).build();

  private final CheckedNames names;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService alarm =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("notice-deadline").factory());
  private final Duration whole;

  Postman(Names names, boolean loopback, Duration whole) {
    this.names = new CheckedNames(names, loopback);
    this.whole = whole;
    this.client = client(this.names, whole);
  }

  /** Sends it and waits for what comes. Never throws. */
  Receipt send(String address, Letter letter) {
    long start = System.nanoTime();
    NoticeUrl url = NoticeUrl.parse(address).orElse(null);
    if (url == null) {
      return Receipt.failed(null, 0, Failure.URL_REFUSED);
    }
    HttpUriRequestBase request = request(url, letter);
    HttpClientContext context = HttpClientContext.create();
    ScheduledFuture<?> deadline =
        alarm.schedule(request::cancel, whole.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return client.execute(request, context, answer -> receipt(request, answer, context, start));
    } catch (IOException | RuntimeException e) {
      return Receipt.failed(dialled(context), millis(start), failure(request, e));
    } finally {
      deadline.cancel(false);
    }
  }

  @Override
  public void close() throws IOException {
    alarm.shutdownNow();
    client.close();
    names.close();
  }

  private static HttpUriRequestBase request(NoticeUrl url, Letter letter) {
    HttpUriRequestBase request = new HttpUriRequestBase(letter.method(), url.uri(letter.query()));
    letter.headers().forEach(request::setHeader);
    if (letter.body().size() > 0) {
      request.setEntity(
          new ByteArrayEntity(letter.body().toArray(), ContentType.parse(letter.contentType())));
    }
    return request;
  }

  /** What was heard; a body that breaks off is none, but the head has come all the same. */
  private static Receipt receipt(
      HttpUriRequestBase request,
      ClassicHttpResponse answer,
      HttpClientContext context,
      long start) {
    String body = "";
    Failure failure = null;
    try {
      body = body(answer);
    } catch (IOException e) {
      failure = failure(request, e);
      answer.setEntity(null); // of which the client would read the rest; it closes the connection
    }
    return new Receipt(dialled(context), answer.getCode(), millis(start), body, failure);
  }

  private static String body(ClassicHttpResponse answer) throws IOException {
    HttpEntity entity = answer.getEntity();
    if (entity == null) {
      return "";
    }
    InputStream content = entity.getContent();
    byte[] read = content.readNBytes(MOST_ANSWER);
    if (read.length == MOST_ANSWER) {
      answer.close(); // and the connection with it: the rest is not worth reading
    }
    return new String(read, StandardCharsets.UTF_8);
  }

  private static Failure failure(HttpUriRequestBase request, Exception e) {
    return request.isCancelled() ? Failure.TIMEOUT : failure(e);
  }

  private static Failure failure(Exception e) {
    return switch (e) {
      case NotPublic _ -> Failure.ADDRESS_REFUSED;
      case UnknownHostException _ -> Failure.DNS;
      case HttpHostConnectException _ -> Failure.CONNECT;
      case SSLException _ -> Failure.TLS;
      case org.apache.hc.client5.http.ConnectTimeoutException _ -> Failure.CONNECT;
      case InterruptedIOException _ -> Failure.TIMEOUT;
      case SocketException _ -> Failure.BROKEN;
      default -> Failure.BROKEN;
    };
  }

  private static @Nullable String dialled(HttpClientContext context) {
    EndpointDetails details = context.getEndpointDetails();
    return details == null ? null : String.valueOf(details.getRemoteAddress());
  }

  private static long millis(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static CloseableHttpClient client(CheckedNames names, Duration whole) {
    Timeout patience = Timeout.of(whole);
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(HTTP).build())
            .setDnsResolver(names)
            .setMaxConnTotal(MOST_CONNECTIONS)
            // Merchants may share a host. How many go to an endpoint at a time is the claim's
            // affair.
            .setMaxConnPerRoute(MOST_CONNECTIONS)
            .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(patience).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(patience)
                    .setTimeToLive(TimeValue.ofSeconds(60))
                    .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                    .build())
            .build();
    RequestConfig config =
        RequestConfig.custom()
            .setRedirectsEnabled(false)
            .setAuthenticationEnabled(false)
            .setConnectionRequestTimeout(patience)
            .setResponseTimeout(patience)
            .setDefaultKeepAlive(5, TimeUnit.SECONDS)
            .setProtocolUpgradeEnabled(false)
            .build();
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(config)
            .setUserAgent("Tongbao-Notice/1")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableConnectionState();
    return builder.build();
  }
}
