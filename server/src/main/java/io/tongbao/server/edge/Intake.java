package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads a message off the wire before anybody else has touched it. Nothing on the way here may ask
 * the container for a parameter: that would make it read the body and lose the bytes.
 */
@Component
public final class Intake {
  private static final int MOST_HEADERS = 100;
  private static final int LONGEST_HEADERS = 16 * 1024;

  /** Of the 64 KB that the web server takes for the request line and all headers. */
  private static final int LONGEST_QUERY = 40 * 1024;

  private static final int CHUNK = 8 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Sources sources;
  private final Limits limits;

  Intake(Sources sources, Limits limits) {
    this.sources = sources;
    this.limits = limits;
  }

  /** The message without its body: enough to refuse it by. */
  public WireRequest head(HttpServletRequest servlet) {
    Map<String, String> headers = headers(servlet);
    return new WireRequest(
        servlet.getMethod(),
        servlet.getRequestURI(),
        query(servlet.getQueryString()),
        Map.copyOf(headers),
        Bytes.EMPTY,
        sources.of(servlet.getRemoteAddr(), headers.get("x-forwarded-for")),
        Long.toHexString(Ids.next()));
  }

  /**
   * The whole message.
   *
   * @param longest the longest body of this address, in bytes
   */
  public WireRequest read(WireRequest head, HttpServletRequest servlet, int longest) {
    boolean heads = weight(head) > LONGEST_HEADERS || head.query().size() > LONGEST_QUERY;
    if (heads || servlet.getContentLengthLong() > longest || head.headers().size() > MOST_HEADERS) {
      throw Refusal.of(Refusal.Reason.TOO_LARGE);
    }
    try (LongBodies.Body body = limits.body(head.source())) {
      return head.with(body(servlet.getInputStream(), longest, PATIENCE, body));
    } catch (IOException | IllegalStateException brokenOff) { // the latter for too many trailers
      throw Refusal.of(Refusal.Reason.MALFORMED);
    }
  }

  private static long weight(WireRequest head) {
    return head.headers().entrySet().stream()
        .mapToLong(header -> header.getKey().length() + header.getValue().length())
        .sum();
  }

  /** All of it, in good time: whoever sends a byte now and then would keep a thread for ever. */
  static Bytes body(InputStream in, int limit, Duration patience, LongBodies.Body body)
      throws IOException {
    long start = System.nanoTime();
    byte[] chunk = new byte[CHUNK];
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      body.add(chunk, read);
      if (body.size() > limit) {
        throw Refusal.of(Refusal.Reason.TOO_LARGE);
      }
      if (System.nanoTime() - start > patience.toNanos()) {
        throw Refusal.of(Refusal.Reason.MALFORMED);
      }
    }
    return body.whole();
  }

  private static Bytes query(@Nullable String query) {
    return query == null ? Bytes.EMPTY : Bytes.of(query.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> headers(HttpServletRequest servlet) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(servlet.getHeaderNames())) {
      headers.put(
          name.toLowerCase(Locale.ROOT),
          String.join(",", Collections.list(servlet.getHeaders(name))));
    }
    return headers;
  }
}
