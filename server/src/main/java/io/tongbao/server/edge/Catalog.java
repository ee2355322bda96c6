package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The operations of one face by their names. Checked when the server starts: no name twice, each
 * request and answer a record whose components have wire names.
 */
public final class Catalog {
  private final Map<String, Bound<?, ?>> operations = new TreeMap<>();

  public Catalog(List<? extends Operation<?, ?>> all) {
    for (Operation<?, ?> operation : all) {
      Endpoint endpoint =
          AnnotatedElementUtils.findMergedAnnotation(operation.getClass(), Endpoint.class);
      if (endpoint == null || endpoint.value().length == 0) {
        throw new IllegalStateException(operation.getClass().getName() + " has no endpoint");
      }
      for (String name : endpoint.value()) {
        put(bound(name, endpoint, operation));
      }
    }
  }

  /** The operation of that name. */
  Bound<?, ?> find(String name) {
    Bound<?, ?> found = operations.get(name);
    if (found == null) {
      throw Refusal.of(Refusal.Reason.UNKNOWN_OPERATION, name);
    }
    return found;
  }

  public boolean has(String name) {
    return operations.containsKey(name);
  }

  /** All names, aliases too. */
  public Set<String> names() {
    return Set.copyOf(operations.keySet());
  }

  /** One line per operation, in the order of their names: its name, its request, its answer. */
  public List<String> lines() {
    return operations.values().stream().map(Bound::line).toList();
  }

  private void put(Bound<?, ?> bound) {
    if (operations.put(bound.name(), bound) != null) {
      throw new IllegalStateException("two operations are called " + bound.name());
    }
  }

  private static <Q extends Record, R extends Record> Bound<Q, R> bound(
      String name, Endpoint endpoint, Operation<Q, R> operation) {
    Class<?>[] types =
        GenericTypeResolver.resolveTypeArguments(operation.getClass(), Operation.class);
    if (types == null) {
      throw new IllegalStateException(operation.getClass().getName() + " does not say its records");
    }
    @SuppressWarnings("unchecked")
    Class<Q> request = (Class<Q>) types[0];
    @SuppressWarnings("unchecked")
    Class<R> answer = (Class<R>) types[1];
    return new Bound<>(
        name,
        endpoint.value()[0],
        endpoint.reads(),
        operation,
        Codec.of(request),
        Codec.of(answer));
  }
}
