package io.tongbao.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/** docs/sandbox-api.yaml: which calls it describes, and whether an answer is as it says. */
final class ApiDocument {
  private static final Set<String> METHODS = Set.of("get", "post", "put");

  private final Map<String, ?> document;

  private ApiDocument(Map<String, ?> document) {
    this.document = document;
  }

  static ApiDocument read() {
    try (Reader text = Files.newBufferedReader(Path.of("../docs/sandbox-api.yaml"))) {
      return new ApiDocument(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Method and path of each, but for what lies outside of the interface. */
  Set<String> calls() {
    Set<String> calls = new TreeSet<>();
    paths()
        .forEach((path, methods) ->
            methods.forEach((method, operation) -> {
              if (METHODS.contains(method) && !operation.containsKey("servers")) {
                calls.add(method.toUpperCase(Locale.ROOT) + " " + path);
              }
            }));
    return calls;
  }

  /** The answer has the status and the members that are described, and all of these. */
  void check(String method, String path, int status, JsonNode answer) {
    Map<String, ?> operation = operation(method, path.replaceFirst("\\?.*", ""));
    Map<String, ?> responses = map(operation.get("responses"));
    assertThat(responses.keySet()).as(method + " " + path).contains(String.valueOf(status));
    Map<String, ?> response = resolved(responses.get(String.valueOf(status)));
    Map<String, ?> content = map(map(response.get("content")).get("application/json"));
    check(method + " " + path + " " + status, resolved(content.get("schema")), answer);
  }

  private Map<String, ?> operation(String method, String path) {
    String called = method.toLowerCase(Locale.ROOT);
    return paths().entrySet().stream()
        .filter(each -> path.matches(each.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
        .filter(each -> each.getValue().containsKey(called))
        .min((one, other) -> variables(one.getKey()) - variables(other.getKey()))
        .map(each -> Objects.requireNonNull(each.getValue().get(called)))
        .orElseThrow(() -> new AssertionError("not described: " + method + " " + path));
  }

  private static int variables(String path) {
    return path.split("\\{", -1).length;
  }

  private void check(String where, Map<String, ?> schema, JsonNode value) {
    if (schema.get("oneOf") instanceof List<?> choices && schema.get("properties") == null) {
      check(where, choice(choices, value), value);
      return;
    }
    assertThat(types(schema).contains(type(value))).as(where + " is " + value).isTrue();
    if (schema.get("enum") instanceof Collection<?> words && value.isString()) {
      assertThat(words.contains(value.stringValue())).as(where + " " + value).isTrue();
    }
    if (value.isArray()) {
      value.forEach(each -> check(where + "[]", resolved(schema.get("items")), each));
    }
    if (value.isObject() && schema.get("properties") != null) {
      Map<String, ?> properties = map(schema.get("properties"));
      value
          .propertyStream()
          .forEach(each -> {
            assertThat(properties.keySet()).as(where).contains(each.getKey());
            check(
                where + "." + each.getKey(),
                resolved(properties.get(each.getKey())),
                each.getValue());
          });
    }
  }

  /** The one that has all members of the value. */
  private Map<String, ?> choice(List<?> choices, JsonNode value) {
    return choices.stream()
        .map(this::resolved)
        .filter(each ->
            value
                .propertyStream()
                .allMatch(p -> map(each.get("properties")).containsKey(p.getKey())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("none of the choices: " + value));
  }

  private static Collection<?> types(Map<String, ?> schema) {
    Object type = schema.get("type");
    return switch (type) {
      case null -> Set.of("object", "array", "string", "integer", "boolean", "null");
      case Collection<?> several -> several;
      case Object one -> Set.of(one);
    };
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case NUMBER -> "integer";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> throw new AssertionError(value.toString());
    };
  }

  /** The thing itself, where a reference stands for it. */
  private Map<String, ?> resolved(@Nullable Object node) {
    Map<String, ?> found = map(node);
    if (found.get("$ref") instanceof String reference) {
      Map<String, ?> at = document;
      for (String step : reference.substring(2).split("/", -1)) {
        at = map(at.get(step));
      }
      return at;
    }
    return found;
  }

  private Map<String, Map<String, Map<String, ?>>> paths() {
    Map<String, Map<String, Map<String, ?>>> paths = new LinkedHashMap<>();
    map(document.get("paths"))
        .forEach((path, methods) -> {
          Map<String, Map<String, ?>> operations = new LinkedHashMap<>();
          map(methods).forEach((method, operation) -> operations.put(method, map(operation)));
          paths.put(path, operations);
        });
    return paths;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> map(@Nullable Object node) {
    return node == null ? Map.of() : (Map<String, ?>) node;
  }
}
