package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The constants of an enum, by their codes. */
record CodedValues(String shown, Refusal.Reason unknown, Map<String, Coded> constants)
    implements Values {

  static CodedValues of(Class<?> type) {
    Map<String, Coded> constants = new HashMap<>();
    Refusal.Reason unknown = Refusal.Reason.BAD_FIELD;
    for (Object constant : type.getEnumConstants()) {
      Coded coded = (Coded) constant;
      unknown = coded.unknown();
      if (constants.put(coded.code(), coded) != null) {
        throw new IllegalStateException(type.getName() + " has " + coded.code() + " twice");
      }
    }
    return new CodedValues(type.getSimpleName(), unknown, Map.copyOf(constants));
  }

  @Override
  public Object read(String field, JsonNode value, Spelling spelling) {
    Coded constant = constants.get(Scalar.text(field, value));
    if (constant == null) {
      throw Refusal.of(unknown, field);
    }
    return constant;
  }

  @Override
  public void write(JsonGenerator out, Object value, Spelling spelling) {
    Coded coded = (Coded) value;
    if (coded.isNumber()) {
      out.writeNumber(Long.parseLong(coded.code()));
    } else {
      out.writeString(coded.code());
    }
  }
}
