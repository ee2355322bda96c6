package io.tongbao.server.edge;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * The outermost door in production: a request that came without TLS gets 403 and no more, before
 * anything of it is read (THREATS T3-3: what the escrow face calls encrypted can be read by anybody
 * who has a certificate). It is not sent on to https, because its secrets were already said aloud.
 * The operator's own addresses may be asked in the clear, but from an inner network only, because
 * the measurements name merchants; whether we are well may be asked by anybody.
 */
final class TlsOnly extends ValveBase {
  private static final String OPERATORS = "/actuator";
  private static final String HEALTH = "/actuator/health";
  private static final String WORDS = "TLS only\n";
  private static final String INNER = "inner networks only\n";

  private final Sources sources;

  TlsOnly(Sources sources) {
    super(true);
    this.sources = sources;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    String path = request.getDecodedRequestURI();
    boolean operators = path.startsWith(OPERATORS);
    if (operators ? path.startsWith(HEALTH) || isInner(request) : isSecure(request)) {
      getNext().invoke(request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentType("text/plain");
    response.setHeader("Connection", "close");
    String words = operators ? INNER : WORDS;
    response.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    response.finishResponse();
  }

  private boolean isSecure(Request request) {
    return request.isSecure()
        || sources.cameByTls(request.getRemoteAddr(), all(request, "X-Forwarded-Proto"));
  }

  private boolean isInner(Request request) {
    return Sources.isInner(sources.of(request.getRemoteAddr(), all(request, "X-Forwarded-For")));
  }

  /** All that was said under this name; null for nothing. */
  private static @Nullable String all(Request request, String name) {
    List<String> said = Collections.list(request.getHeaders(name));
    return said.isEmpty() ? null : String.join(",", said);
  }
}
