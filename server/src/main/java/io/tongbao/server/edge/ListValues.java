package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** An array. What is wrong in one of its elements is named with the element's place, from 0. */
record ListValues(Values element) implements Values {

  @Override
  public Object read(String field, JsonNode value, Spelling spelling) {
    if (!value.isArray()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
    List<Object> list = new ArrayList<>(value.size());
    for (JsonNode one : value) {
      String place = field + "[" + list.size() + "]";
      if (one.isNull()) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, place);
      }
      list.add(element.read(place, one, spelling));
    }
    return List.copyOf(list);
  }

  @Override
  public void write(JsonGenerator out, Object value, Spelling spelling) {
    out.writeStartArray();
    for (Object one : (List<?>) value) {
      element.write(out, one, spelling);
    }
    out.writeEndArray();
  }

  @Override
  public String shown() {
    return "[" + element.shown() + "]";
  }
}
