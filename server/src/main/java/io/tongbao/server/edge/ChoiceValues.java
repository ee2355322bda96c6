package io.tongbao.server.edge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * One of several records: what a sealed interface permits. It can be written, because the value
 * says which it is; nobody reads it, because nothing on the wire does.
 */
record ChoiceValues(Map<Class<?>, Shape<? extends Record>> shapes) implements Values {

  static ChoiceValues of(Class<?> choice) {
    Map<Class<?>, Shape<? extends Record>> shapes = new LinkedHashMap<>();
    for (Class<?> permitted : choice.getPermittedSubclasses()) {
      shapes.put(permitted, Shape.of(permitted.asSubclass(Record.class)));
    }
    return new ChoiceValues(shapes);
  }

  @Override
  public Object read(String field, JsonNode value, Spelling spelling) {
    throw new IllegalStateException(field + " may be one of several things");
  }

  @Override
  public void write(JsonGenerator out, Object value, Spelling spelling) {
    Shape<? extends Record> shape = shapes.get(value.getClass());
    if (shape == null) {
      throw new IllegalStateException("no JSON for " + value.getClass().getName());
    }
    shape.write(out, value, spelling);
  }

  @Override
  public String shown() {
    List<String> names =
        shapes.values().stream().map(s -> "{" + String.join(", ", s.members()) + "}").toList();
    return String.join(" | ", names);
  }
}
