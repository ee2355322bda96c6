package io.tongbao.server.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What a record looks like as a JSON object: its members in order, and how to take it apart. */
final class Shape<T extends Record> {

  private record Member(
      String wire, boolean mandatory, Values values, MethodHandle accessor, String type) {}

  private final Class<T> type;
  private final MethodHandle constructor;
  private final Member[] members;

  private Shape(Class<T> type, MethodHandle constructor, Member[] members) {
    this.type = type;
    this.constructor = constructor;
    this.members = members;
  }

  static <T extends Record> Shape<T> of(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalStateException(type.getName() + " is no record");
    }
    Member[] members = new Member[components.length];
    Set<String> names = new HashSet<>();
    for (int i = 0; i < components.length; i++) {
      members[i] = member(type, components[i]);
      if (!names.add(members[i].wire())) {
        throw new IllegalStateException(type.getName() + " has " + members[i].wire() + " twice");
      }
    }
    return new Shape<>(type, constructor(type, components), members);
  }

  /** Reads the object that stands at {@code path}, which is empty or ends with a dot. */
  T read(String path, JsonNode object, Spelling spelling) {
    @Nullable Object[] values = new @Nullable Object[members.length];
    for (int i = 0; i < members.length; i++) {
      Member member = members[i];
      JsonNode value = object.get(member.wire());
      if (!isAbsent(value)) {
        values[i] = member.values().read(path + member.wire(), value, spelling);
      } else if (member.mandatory()) {
        throw Refusal.of(Refusal.Reason.MISSING_FIELD, path + member.wire());
      }
    }
    return construct(path, values);
  }

  void write(JsonGenerator out, Object value, Spelling spelling) {
    out.writeStartObject();
    for (Member member : members) {
      Object component = component(member, value);
      if (component != null) {
        out.writeName(member.wire());
        member.values().write(out, component, spelling);
      }
    }
    out.writeEndObject();
  }

  List<String> members() {
    return Arrays.stream(members)
        .map(member -> member.wire() + (member.mandatory() ? ": " : "?: ") + member.type())
        .toList();
  }

  private static boolean isAbsent(@Nullable JsonNode value) {
    return value == null
        || value.isNull()
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isArray() && value.isEmpty());
  }

  @SuppressWarnings("unchecked")
  private T construct(String path, @Nullable Object[] values) {
    try {
      return (T) (Object) constructor.invokeExact(values);
    } catch (Refusal refusal) {
      throw path.isEmpty() || refusal.subject().isEmpty() || refusal.subject().startsWith(path)
          ? refusal
          : Refusal.of(refusal.reason(), path + refusal.subject());
    } catch (RuntimeException | Error bug) {
      throw bug;
    } catch (Throwable checked) {
      throw new IllegalStateException(type.getName() + " throws what it may not", checked);
    }
  }

  private @Nullable Object component(Member member, Object value) {
    try {
      return (Object) member.accessor().invokeExact(value);
    } catch (RuntimeException | Error bug) {
      throw bug;
    } catch (Throwable checked) {
      throw new IllegalStateException(type.getName() + " throws what it may not", checked);
    }
  }

  private static Member member(Class<?> type, RecordComponent component) {
    JsonProperty wire = annotation(type, component);
    if (wire == null || wire.value().isEmpty()) {
      throw new IllegalStateException(type.getName() + "." + component.getName() + " has no name");
    }
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    if (nullable && component.getType().isPrimitive()) {
      throw new IllegalStateException(
          type.getName() + "." + component.getName() + " is never null");
    }
    Values values = Values.of(component.getGenericType());
    return new Member(wire.value(), !nullable, values, accessor(component), values.shown());
  }

  /** Of a record component that Java does not let it stand on, the annotation is on the field. */
  private static @Nullable JsonProperty annotation(Class<?> type, RecordComponent component) {
    try {
      return type.getDeclaredField(component.getName()).getAnnotation(JsonProperty.class);
    } catch (NoSuchFieldException e) {
      throw new AssertionError("each component has its field", e);
    }
  }

  private static MethodHandle accessor(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    try {
      return MethodHandles.lookup()
          .unreflect(accessor)
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent component : components) {
      types.add(component.getType());
    }
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(types.toArray(new Class<?>[0]));
      canonical.setAccessible(true);
      MethodHandle handle = MethodHandles.lookup().unreflectConstructor(canonical);
      return handle.asType(handle.type().generic()).asSpreader(Object[].class, components.length);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " has no canonical constructor", e);
    }
  }
}
