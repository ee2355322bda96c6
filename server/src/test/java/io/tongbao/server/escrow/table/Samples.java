package io.tongbao.server.escrow.table;

import io.tongbao.server.escrow.Conversation;
import io.tongbao.server.escrow.Correspondent;
import io.tongbao.server.escrow.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of {@code tables/escrow-samples.txt}: for each method what must be there before it,
 * and requests that are then accepted.
 */
final class Samples {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SAMPLE = "sample ";

  private final Map<String, List<String>> chapters = new LinkedHashMap<>();

  Samples() {
    List<String> chapter = new ArrayList<>();
    for (String line : lines()) {
      if (line.startsWith("= ")) {
        chapter = new ArrayList<>();
        chapters.put(line.substring(2), chapter);
      } else {
        chapter.add(line);
      }
    }
  }

  /** {@code Service.method}, or {@code page/name Service.method}. */
  List<String> methods() {
    return List.copyOf(chapters.keySet());
  }

  /**
   * Does what comes before a method's samples, and gives them, with their fields still in clear.
   *
   * @param application what the names of all that is made begin with; one letter or digit at its
   *     end makes the numbers of phones and cards
   */
  List<ObjectNode> prepare(
      String method, ApplicationContext context, Correspondent merchant, String application) {
    Stage stage = new Stage(context, merchant);
    Conversation conversation = new Conversation(merchant, stage::word);
    List<ObjectNode> samples = new ArrayList<>();
    String prefix = application + "-" + methods().indexOf(method) + "-";
    String digit = application.substring(application.length() - 1);
    for (String each : Objects.requireNonNull(chapters.get(method), method)) {
      String line = each.replace("@", prefix).replaceAll("(?<=[0-9])#", digit);
      if (line.startsWith(SAMPLE)) {
        String json = conversation.filled(line.substring(SAMPLE.length()));
        samples.add((ObjectNode) JSON.readTree(json));
      } else {
        conversation.play(List.of(line));
      }
    }
    return samples;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(
          Path.of("src", "test", "resources", "tables", "escrow-samples.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
