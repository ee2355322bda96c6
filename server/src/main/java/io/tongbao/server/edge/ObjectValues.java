package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** An object within an object. */
record ObjectValues(Shape<? extends Record> shape) implements Values {

  @Override
  public Object read(String field, JsonNode value, Spelling spelling) {
    if (!value.isObject()) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, field);
    }
    return shape.read(field + ".", value, spelling);
  }

  @Override
  public void write(JsonGenerator out, Object value, Spelling spelling) {
    shape.write(out, value, spelling);
  }

  @Override
  public String shown() {
    return "{" + String.join(", ", shape.members()) + "}";
  }
}
