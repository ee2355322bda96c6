package io.tongbao.server.edge;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * The outermost door in production: a request that came without TLS gets 403 and no more, before
 * anything of it is read (THREATS T3-3: what the escrow face calls encrypted can be read by anybody
 * who has a certificate). It is not sent on to https, because its secrets were already said aloud.
 * The operator's own addresses may be asked in the clear.
 */
final class TlsOnly extends ValveBase {
  private static final String OPERATORS = "/actuator/";
  private static final byte[] WORDS = "TLS only\n".getBytes(StandardCharsets.US_ASCII);

  private final Sources sources;

  TlsOnly(Sources sources) {
    super(true);
    this.sources = sources;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    boolean secure =
        request.isSecure()
            || sources.cameByTls(request.getRemoteAddr(), request.getHeader("X-Forwarded-Proto"));
    if (secure || request.getDecodedRequestURI().startsWith(OPERATORS)) {
      getNext().invoke(request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentType("text/plain");
    response.setHeader("Connection", "close");
    response.getOutputStream().write(WORDS);
    response.finishResponse();
  }
}
