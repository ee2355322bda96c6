package io.tongbao.server.edge;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** How the values of one Java type stand in JSON. */
sealed interface Values permits Scalar, CodedValues, ObjectValues, ChoiceValues, ListValues {

  /** Reads a value that is there, or refuses and names the field. */
  Object read(String field, JsonNode value, Spelling spelling);

  void write(JsonGenerator out, Object value, Spelling spelling);

  /** The type's name in the documents. */
  String shown();

  static Values of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return new ListValues(of(list.getActualTypeArguments()[0]));
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalStateException("no JSON for " + type);
    }
    if (plain.isRecord() && !Scalar.has(plain)) {
      return new ObjectValues(Shape.of(plain.asSubclass(Record.class)));
    }
    if (plain.isInterface() && plain.isSealed()) {
      return ChoiceValues.of(plain);
    }
    if (plain.isEnum() && Coded.class.isAssignableFrom(plain)) {
      return CodedValues.of(plain);
    }
    return Scalar.of(plain);
  }
}
