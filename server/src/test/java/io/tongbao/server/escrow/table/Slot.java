package io.tongbao.server.escrow.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a field stands in a method's request, and what the request's record says of it.
 *
 * @param steps names and places on the way, such as {@code payMethod, BALANCE, 0, amount}
 * @param path the same as messages say it, such as {@code payMethod.BALANCE[0].amount}
 * @param type what the record holds there
 */
record Slot(List<Object> steps, String path, Type type, boolean mandatory) {

  /** 分账规则, §5.3, which requests hold as a tree of any depth. */
  record Branch(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("accountSetNo") @Nullable String accountSetNo,
      @JsonProperty("amount") Money amount,
      @JsonProperty("fee") Money fee,
      @JsonProperty("remark") @Nullable String remark,
      @JsonProperty("splitRuleList") @Nullable List<Branch> splitRuleList) {}

  private record Trees(@JsonProperty("x") List<Branch> list) {}

  /** What stands behind components that the record leaves as JSON. */
  private static final Map<String, Type> OPEN =
      Map.of(
          "splitRule", Trees.class.getRecordComponents()[0].getGenericType(),
          "splitRuleList", Trees.class.getRecordComponents()[0].getGenericType());

  /** All fields of a request that its sample reaches. */
  static List<Slot> of(Class<?> request, ObjectNode sample) {
    List<Slot> slots = new ArrayList<>();
    collect(slots, request, sample, List.of(), "");
    return slots;
  }

  private static void collect(
      List<Slot> slots, Class<?> type, JsonNode object, List<Object> steps, String path) {
    for (RecordComponent component : type.getRecordComponents()) {
      JsonProperty wire = property(type, component);
      if (wire == null) { // its members stand in the same object
        collect(slots, component.getType(), object, steps, path);
        continue;
      }
      String name = wire.value();
      List<Object> here = with(steps, name);
      boolean mandatory = !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      Type held = OPEN.getOrDefault(name, component.getGenericType());
      slots.add(new Slot(here, path + name, held, mandatory));
      JsonNode value = object.get(name);
      if (value != null && element(held) instanceof Class<?> inner && inner.isRecord()) {
        if (held instanceof Class<?> && !isLeaf(inner) && value.isObject()) {
          collect(slots, inner, value, here, path + name + ".");
        }
        if (!(held instanceof Class<?>) && value.isArray()) {
          collect(slots, inner, value.get(0), with(here, 0), path + name + "[0].");
        }
      }
    }
  }

  /** A record that is one value on the wire. */
  private static boolean isLeaf(Class<?> type) {
    return type.getPackageName().equals("io.tongbao.kernel");
  }

  boolean isList() {
    return type instanceof ParameterizedType;
  }

  boolean isObject() {
    return type instanceof Class<?> plain && plain.isRecord() && !isLeaf(plain);
  }

  /** The field's own name. */
  String leaf() {
    return String.valueOf(steps.getLast());
  }

  /** The request with another value in the field; null takes it away. */
  ObjectNode put(ObjectNode sample, @Nullable JsonNode value) {
    ObjectNode changed = sample.deepCopy();
    JsonNode parent = changed;
    for (Object step : steps.subList(0, steps.size() - 1)) {
      parent = step instanceof Integer place ? parent.get(place) : parent.get((String) step);
    }
    ObjectNode object = (ObjectNode) parent;
    if (value == null) {
      object.remove(leaf());
    } else {
      object.set(leaf(), value);
    }
    return changed;
  }

  /** What stands there. */
  @Nullable JsonNode get(ObjectNode sample) {
    JsonNode at = sample;
    for (Object step : steps) {
      if (at == null || (at instanceof ArrayNode array && array.isEmpty())) {
        return null;
      }
      at = step instanceof Integer place ? at.get(place) : at.get((String) step);
    }
    return at;
  }

  private static Type element(Type type) {
    return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
  }

  private static List<Object> with(List<Object> steps, Object step) {
    List<Object> longer = new ArrayList<>(steps);
    longer.add(step);
    return List.copyOf(longer);
  }

  private static @Nullable JsonProperty property(Class<?> type, RecordComponent component) {
    try {
      return type.getDeclaredField(component.getName()).getAnnotation(JsonProperty.class);
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
