package io.tongbao.server.edge;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * What a client hears whose request line or headers cannot be read: broken, or longer than the web
 * server takes. Nobody knows then which face was meant, so it is 400 with what both read first:
 * escrow's {@code status} and {@code errorCode}, unsigned, and payout's {@code code}.
 */
final class Unreadable extends ErrorReportValve {
  private static final String WORDS =
      """
      {"status":"error","errorCode":"10000","code":"1002","message":"请求行或请求头过长，或格式错误"}\
      """;

  @Override
  protected void report(Request request, Response response, Throwable failure) {
    boolean said = response.getContentWritten() > 0 || response.isCommitted();
    if (response.getStatus() != HttpServletResponse.SC_BAD_REQUEST || said) {
      super.report(request, response, failure);
      return;
    }
    if (response.setErrorReported()) {
      say(response);
    }
  }

  private static void say(Response response) {
    try {
      response.setContentType("application/json;charset=UTF-8");
      response.getOutputStream().write(WORDS.getBytes(StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
