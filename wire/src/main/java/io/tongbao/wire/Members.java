package io.tongbao.wire;

import io.tongbao.kernel.Refusal;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The members of one JSON object, in order, each as the very text that it had. Envelopes are read
 * and written through it, so that what lies inside is never written anew by accident. Reading
 * refuses doubled names, trailing text and bombs (THREATS T-X2).
 */
public final class Members {
  /** The longest text that is read, in characters. */
  public static final int MOST_CHARACTERS = 8 * 1024 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(MOST_CHARACTERS)
                  .maxNumberLength(32)
                  .maxNameLength(256)
                  .maxTokenCount(500_000)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Map<String, Member> members;

  /** {@code raw} as it stood; {@code text} where it is a string, a number or a boolean. */
  private record Member(String raw, @Nullable String text) {}

  private Members(Map<String, Member> members) {
    this.members = members;
  }

  /** Reads an object, or refuses it as {@code MALFORMED}. */
  public static Members read(String json) {
    if (json.length() > MOST_CHARACTERS) {
      throw Refusal.of(Refusal.Reason.TOO_LARGE);
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      return new Members(members(parser, json));
    } catch (JacksonException unreadable) {
      throw Refusal.of(Refusal.Reason.MALFORMED, "JSON");
    }
  }

  /** The text of a string, a number or a boolean; null where it is absent, null or a structure. */
  public @Nullable String text(String name) {
    Member member = members.get(name);
    return member == null ? null : member.text();
  }

  /** The text of a member that must be there. */
  public String required(String name) {
    String text = text(name);
    if (text == null) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, name);
    }
    return text;
  }

  /** The member's JSON as it stood; null where it is absent or null. */
  public @Nullable String raw(String name) {
    Member member = members.get(name);
    return member == null ? null : member.raw();
  }

  private static Map<String, Member> members(JsonParser parser, String json) {
    expect(parser.nextToken() == JsonToken.START_OBJECT);
    Map<String, Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Member member = member(parser, parser.nextToken(), json);
      if (member != null) {
        members.put(name, member);
      }
    }
    expect(parser.nextToken() == null);
    return members;
  }

  private static @Nullable Member member(
      JsonParser parser, @Nullable JsonToken token, String json) {
    if (token == null || token == JsonToken.VALUE_NULL) {
      return null;
    }
    int from = (int) parser.currentTokenLocation().getCharOffset();
    String text = token.isScalarValue() ? parser.getString() : null;
    parser.finishToken();
    parser.skipChildren();
    int to = (int) parser.currentLocation().getCharOffset();
    return new Member(json.substring(from, to), text);
  }

  private static void expect(boolean met) {
    if (!met) {
      throw Refusal.of(Refusal.Reason.MALFORMED, "JSON");
    }
  }

  /** An object being written, member by member. */
  public static final class Writer {
    private final StringWriter text = new StringWriter();
    private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text);

    public Writer() {
      json.writeStartObject();
    }

    /** Adds a string; null adds nothing. */
    public Writer text(String name, @Nullable String value) {
      if (value != null) {
        json.writeStringProperty(name, value);
      }
      return this;
    }

    /** Adds a value that is JSON already, character for character; null adds nothing. */
    public Writer raw(String name, @Nullable String value) {
      if (value != null) {
        json.writeName(name);
        json.writeRawValue(value);
      }
      return this;
    }

    /** Ends the object and gives its text. */
    public String end() {
      json.writeEndObject();
      json.close();
      return text.toString();
    }
  }
}
