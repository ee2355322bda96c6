package io.tongbao.client.tour;

import io.tongbao.client.escrow.EscrowClient;
import io.tongbao.client.escrow.EscrowCredentials;
import io.tongbao.client.escrow.Notice;
import io.tongbao.kernel.Bytes;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A notice at the sandbox's receiver, opened as a merchant does: both signatures first. */
final class Letterbox {
  private static final URI NOWHERE = URI.create("http://localhost");

  private Letterbox() {}

  /** Its method and status; at the time at which it came, for the tour has moved the clock on. */
  static String read(EscrowCredentials credentials, JsonNode caught) {
    Map<String, String> headers = new HashMap<>();
    caught
        .required("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    Bytes body = Bytes.utf8(caught.required("body").asString());
    long sentAt = Long.parseLong(headers.getOrDefault("webhook-timestamp", "0"));
    EscrowClient then = EscrowClient.at(NOWHERE, credentials, () -> Instant.ofEpochSecond(sentAt));
    Notice notice = then.notice(headers, body);
    return notice.service() + "." + notice.method() + " " + notice.status();
  }
}
