package io.tongbao.server.sandbox;

import io.tongbao.server.boot.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the sandbox's merchants on when the server starts, and writes down what their clients need:
 * {@code <data>/credentials.json}, for its owner's eyes only. The next start finds them again.
 */
@Component
@Profile("sandbox")
final class Reception {
  private static final String FILE = "credentials.json";

  private final DataFolder folder;
  private final List<Guest> guests;
  private volatile ObjectNode credentials = Replies.object();

  Reception(DataFolder folder, List<Guest> guests) {
    this.folder = folder;
    this.guests = guests;
  }

  /** What a client of each face needs, as {@code GET /sandbox/api/credentials} serves it. */
  ObjectNode credentials() {
    return credentials;
  }

  @EventListener
  void open(WebServerInitializedEvent event) {
    if (event.getApplicationContext().getParent() == null) {
      welcome("http://localhost:" + event.getWebServer().getPort());
    }
  }

  private void welcome(String baseUrl) {
    JsonNode last = last();
    ObjectNode all = Replies.object().put("baseUrl", baseUrl);
    for (Guest guest : guests) {
      String face = guest.face().code();
      all.set(face, guest.credentials(baseUrl, last == null ? null : last.get(face)));
    }
    folder.writePrivately(FILE, all.toPrettyString() + "\n");
    credentials = all;
  }

  private @Nullable JsonNode last() {
    Path file = folder.path().resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return Replies.read(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
