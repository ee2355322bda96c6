package io.tongbao.server.sandbox;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
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
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (value.isContainer()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
    return Optional.of(value.asString());
  }

  /** A list of texts; none where the body does not say it. */
  static List<String> texts(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isArray() && !value.isMissingNode()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    }
    return value.valueStream().map(JsonNode::asString).toList();
  }

  /** An amount in yuan. */
  static Money yuan(JsonNode body, String name) {
    try {
      return Money.parseYuan(required(body, name));
    } catch (Refusal refusal) {
      throw Refusal.of(refusal.reason(), name);
    }
  }

  /** A switch; {@code otherwise} where the body does not say it. */
  static boolean flag(JsonNode body, String name, boolean otherwise) {
    return switch (text(body, name).orElse(String.valueOf(otherwise))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Refusal.of(Refusal.Reason.BAD_FIELD, name);
    };
  }

  static String required(JsonNode body, String name) {
    return text(body, name).orElseThrow(() -> Refusal.of(Refusal.Reason.MISSING_FIELD, name));
  }
}
