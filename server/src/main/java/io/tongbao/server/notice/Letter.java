package io.tongbao.server.notice;

import io.tongbao.kernel.Bytes;
import java.util.Map;

/**
 * One HTTP request as a face writes it, signed for this very attempt.
 *
 * @param method {@code POST}, or {@code GET} with everything in the query
 * @param query what is added to the address, percent-encoded; empty for none
 * @param contentType the body's; without meaning where the body is empty
 * @param headers the face's own, by name
 */
public record Letter(
    String method, String query, String contentType, Bytes body, Map<String, String> headers) {
  public Letter {
    headers = Map.copyOf(headers);
  }

  /** A form by POST. */
  public static Letter form(String form) {
    return new Letter(
        "POST", "", "application/x-www-form-urlencoded; charset=UTF-8", Bytes.utf8(form), Map.of());
  }

  /** JSON by POST. */
  public static Letter json(String json) {
    return new Letter("POST", "", "application/json; charset=UTF-8", Bytes.utf8(json), Map.of());
  }
}
