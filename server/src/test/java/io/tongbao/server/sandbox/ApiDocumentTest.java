package io.tongbao.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The control interface is the one that docs/sandbox-api.yaml describes. */
@TestServer
class ApiDocumentTest {
  private static final Pattern ROUTE = Pattern.compile("\\((GET|POST|PUT) && (/[^)]*)\\)");

  @Autowired
  @Qualifier("sandbox")
  private RouterFunction<ServerResponse> api;

  @Test
  void everyCallIsDescribedAndEveryDescriptionIsACall() throws IOException {
    assertThat(served()).hasSizeGreaterThan(15).isEqualTo(described());
  }

  private Set<String> served() {
    Set<String> calls = new TreeSet<>();
    Matcher route = ROUTE.matcher(api.toString());
    while (route.find()) {
      calls.add(route.group(1) + " " + route.group(2));
    }
    return calls;
  }

  private static Set<String> described() throws IOException {
    Set<String> calls = new TreeSet<>();
    try (Reader text = Files.newBufferedReader(Path.of("../docs/sandbox-api.yaml"))) {
      Map<String, Map<String, Map<String, Object>>> document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      Map<String, Map<String, Object>> paths = Objects.requireNonNull(document.get("paths"));
      paths.forEach((path, methods) ->
          methods
              .keySet()
              .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    }
    return calls;
  }
}
