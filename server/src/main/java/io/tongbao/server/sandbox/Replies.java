package io.tongbao.server.sandbox;

import io.tongbao.kernel.Refusal;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON in and out of the control API. */
final class Replies {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MediaType TYPE = MediaType.parseMediaType("application/json;charset=UTF-8");

  private Replies() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ArrayNode list() {
    return JSON.createArrayNode();
  }

  static JsonNode read(String text) {
    return JSON.readTree(text);
  }

  static ServerResponse ok(JsonNode body) {
    return ServerResponse.ok().contentType(TYPE).body(body.toString());
  }

  /** A refusal of the control API itself: what is wrong, in words. */
  static ServerResponse refused(HttpStatus status, String why) {
    return ServerResponse.status(status)
        .contentType(TYPE)
        .body(object().put("error", why).toString());
  }

  /** The body as an object; an empty body is an empty object. */
  static ObjectNode body(ServerRequest request) {
    try {
      String text = request.body(String.class);
      JsonNode node = text.isBlank() ? object() : JSON.readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw Refusal.of(Refusal.Reason.MALFORMED, "body");
    } catch (JacksonException | ServletException | IOException e) {
      throw Refusal.of(Refusal.Reason.MALFORMED, "body");
    }
  }

  static Optional<String> text(JsonNode body, String name) {
    JsonNode value = body.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asString());
  }

  static String required(JsonNode body, String name) {
    return text(body, name).orElseThrow(() -> Refusal.of(Refusal.Reason.MISSING_FIELD, name));
  }
}
