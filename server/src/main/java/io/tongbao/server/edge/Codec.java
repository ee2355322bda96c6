package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Between JSON objects and one type of record. The record says everything: a component's wire name
 * in {@code @JsonProperty}, whether it is mandatory by the absence of {@code @Nullable}, and what
 * it looks like by its type. Made once per type by reflection; reading and writing then go through
 * method handles. Members that the record does not have are passed over.
 *
 * @param <T> the record
 */
public final class Codec<T extends Record> {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Shape<T> shape;

  private Codec(Shape<T> shape) {
    this.shape = shape;
  }

  /** Refuses, as a bug, a type that is no record or has components that JSON cannot carry. */
  public static <T extends Record> Codec<T> of(Class<T> type) {
    return new Codec<>(Shape.of(type));
  }

  /** Reads a record, or throws a {@link Refusal} that names the field by its wire name. */
  public T decode(JsonNode object, Spelling spelling) {
    return shape.read("", object, spelling);
  }

  /** Writes the components in their order, without those that are null. */
  public String encode(T value, Spelling spelling) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      shape.write(out, value, spelling);
    }
    return text.toString();
  }

  /** The members, such as {@code amount: Money} and {@code fee?: Money}, for the documents. */
  public List<String> members() {
    return shape.members();
  }
}
