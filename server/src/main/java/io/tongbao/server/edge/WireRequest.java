package io.tongbao.server.edge;

import io.tongbao.kernel.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as it came, byte for byte. Signatures are checked, parameters read and repetitions
 * known by these bytes and nothing else.
 *
 * @param query what stands behind the question mark, undecoded; empty where nothing does
 * @param headers by lower-case name; of a header that came twice, the values joined by a comma
 * @param source the address that the message came from, seen through the proxies that we trust
 * @param trace the number by which logs and the answer's header name this message
 */
public record WireRequest(
    String method,
    String path,
    Bytes query,
    Map<String, String> headers,
    Bytes body,
    String source,
    String trace) {

  /** The same message with its body, which is read last. */
  WireRequest with(Bytes read) {
    return new WireRequest(method, path, query, headers, read, source, trace);
  }

  public @Nullable String header(String name) {
    return headers.get(name);
  }
}
