package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON from strangers: one object, no name twice, nothing behind it, and neither deep nor long
 * beyond reason (THREATS T-X2). Texts hold no control characters but line ends and tabs and no
 * halves of surrogate pairs, because neither the database nor files take them.
 */
public final class Json {
  static final int DEEPEST = 32;
  static final int LONGEST_TEXT = 64 * 1024;
  static final int LONGEST_NUMBER = 32;
  static final int MOST_TOKENS = 20_000;

  /** A text beyond this many characters is a list of many items (批量托管代付) and may hold more. */
  static final int ORDINARY = 128 * 1024;

  static final int MOST_TOKENS_OF_A_LIST = 100_000;

  private static final JsonMapper STRICT = strict(MOST_TOKENS);
  private static final JsonMapper STRICT_LIST = strict(MOST_TOKENS_OF_A_LIST);

  private Json() {}

  private static JsonMapper strict(int mostTokens) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_TEXT)
                        .maxNameLength(256)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxTokenCount(mostTokens)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }

  /** Reads an object, or refuses and names {@code field}, which the text came in. */
  public static JsonNode object(String field, String text) {
    JsonNode read = parse(field, text);
    if (!read.isObject()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
    // A character that we refuse gets into a parsed text by an escape only.
    if (text.indexOf('\\') >= 0) {
      requireCleanTexts(field, read);
    }
    return read;
  }

  private static JsonNode parse(String field, String text) {
    requirePairs(field, text);
    try {
      return (text.length() > ORDINARY ? STRICT_LIST : STRICT).readTree(text);
    } catch (JacksonException unreadable) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
  }

  private static void requireCleanTexts(String field, JsonNode node) {
    if (node.isString()) {
      requireClean(field, node.stringValue());
      return;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      requireClean(field, member.getKey());
      requireCleanTexts(member.getKey(), member.getValue());
    }
    if (node.isArray()) {
      node.forEach(element -> requireCleanTexts(field, element));
    }
  }

  private static void requireClean(String field, String text) {
    requirePairs(field, text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
      }
    }
  }

  private static void requirePairs(String field, String text) {
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
      }
      i += Character.charCount(point);
    }
  }
}
