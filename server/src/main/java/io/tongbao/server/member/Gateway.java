package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** A JSON call to somebody who works for the platform's operator. */
final class Gateway {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** 408 Request Timeout, 425 Too Early, 429 Too Many Requests. */
  private static final Set<Integer> FOR_NOW = Set.of(408, 425, 429);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI address;
  private final Secret token;

  Gateway(URI address, Secret token) {
    this.address = address;
    this.token = token;
  }

  /** What became of something that was handed over. */
  enum Delivery {
    TAKEN,
    /** Answered so that to say it again would be no use. */
    REFUSED,
    /** Not for the moment, or nobody knows: to be said again. */
    UNCLEAR
  }

  /** What it answered with a 2xx; nothing where it did not, or not in time. */
  Optional<String> post(Map<String, String> question) {
    return ask(question).filter(answer -> answer.statusCode() / 100 == 2).map(HttpResponse::body);
  }

  /** Hands something over. */
  Delivery hand(Map<String, String> letter) {
    int status = ask(letter).map(HttpResponse::statusCode).orElse(0);
    if (status / 100 == 2) {
      return Delivery.TAKEN;
    }
    boolean isForNow = status == 0 || status / 100 == 5 || FOR_NOW.contains(status);
    return isForNow ? Delivery.UNCLEAR : Delivery.REFUSED;
  }

  private Optional<HttpResponse<String>> ask(Map<String, String> question) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token.reveal())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(question)))
            .build();
    try {
      return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
