package io.tongbao.server.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tongbao.kernel.Refusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What a record looks like as a JSON object: its members in order, and how to take it apart. The
 * members of a component that is {@code @JsonUnwrapped} stand in the same object.
 */
final class Shape<T extends Record> {

  private sealed interface Member {
    MethodHandle accessor();
  }

  private record Named(
      String wire, boolean mandatory, Values values, MethodHandle accessor, String type)
      implements Member {}

  private record Unwrapped(Shape<? extends Record> shape, MethodHandle accessor)
      implements Member {}

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
      names(members[i])
          .filter(name -> !names.add(name))
          .findFirst()
          .ifPresent(twice -> {
            throw new IllegalStateException(type.getName() + " has " + twice + " twice");
          });
    }
    return new Shape<>(type, constructor(type, components), members);
  }

  private static Stream<String> names(Member member) {
    return switch (member) {
      case Named named -> Stream.of(named.wire());
      case Unwrapped unwrapped -> Arrays.stream(unwrapped.shape().members).flatMap(Shape::names);
    };
  }

  /** Reads the object that stands at {@code path}, which is empty or ends with a dot. */
  T read(String path, JsonNode object, Spelling spelling) {
    @Nullable Object[] values = new @Nullable Object[members.length];
    for (int i = 0; i < members.length; i++) {
      values[i] =
          switch (members[i]) {
            case Named named -> read(path, named, object, spelling);
            case Unwrapped unwrapped -> unwrapped.shape().read(path, object, spelling);
          };
    }
    return construct(path, values);
  }

  private static @Nullable Object read(
      String path, Named named, JsonNode object, Spelling spelling) {
    JsonNode value = object.get(named.wire());
    if (!isAbsent(value)) {
      return named.values().read(path + named.wire(), value, spelling);
    }
    if (named.mandatory()) {
      throw Refusal.of(Refusal.Reason.MISSING_FIELD, path + named.wire());
    }
    return null;
  }

  void write(JsonGenerator out, Object value, Spelling spelling) {
    out.writeStartObject();
    writeMembers(out, value, spelling);
    out.writeEndObject();
  }

  private void writeMembers(JsonGenerator out, Object value, Spelling spelling) {
    for (Member member : members) {
      Object component = component(member, value);
      if (component == null) {
        continue;
      }
      switch (member) {
        case Named named -> {
          out.writeName(named.wire());
          named.values().write(out, component, spelling);
        }
        case Unwrapped unwrapped -> unwrapped.shape().writeMembers(out, component, spelling);
      }
    }
  }

  List<String> members() {
    return Arrays.stream(members).flatMap(Shape::shown).toList();
  }

  private static Stream<String> shown(Member member) {
    return switch (member) {
      case Named named ->
          Stream.of(named.wire() + (named.mandatory() ? ": " : "?: ") + named.type());
      case Unwrapped unwrapped -> unwrapped.shape().members().stream();
    };
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
      throw path.isEmpty()
              || refusal.subject().isEmpty()
              || (refusal.subject() + ".").startsWith(path)
          ? refusal
          : refusal.within(path);
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
    Field field = field(type, component);
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    if (field.isAnnotationPresent(JsonUnwrapped.class)) {
      return unwrapped(type, component, nullable);
    }
    JsonProperty wire = field.getAnnotation(JsonProperty.class);
    if (wire == null || wire.value().isEmpty()) {
      throw new IllegalStateException(type.getName() + "." + component.getName() + " has no name");
    }
    if (nullable && component.getType().isPrimitive()) {
      throw new IllegalStateException(
          type.getName() + "." + component.getName() + " is never null");
    }
    Values values = Values.of(component.getGenericType());
    return new Named(wire.value(), !nullable, values, accessor(component), values.shown());
  }

  private static Member unwrapped(Class<?> type, RecordComponent component, boolean nullable) {
    if (nullable || !component.getType().isRecord()) {
      throw new IllegalStateException(
          type.getName() + "." + component.getName() + " is no record that is always there");
    }
    return new Unwrapped(of(component.getType().asSubclass(Record.class)), accessor(component));
  }

  /** Annotations that Java does not let stand on a record component are on its field. */
  private static Field field(Class<?> type, RecordComponent component) {
    try {
      return type.getDeclaredField(component.getName());
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
