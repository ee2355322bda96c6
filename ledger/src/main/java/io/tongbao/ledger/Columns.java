package io.tongbao.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows on their way into one set-wise statement: a parameter, an array, per column. */
final class Columns<T> {
  private final List<T> rows;
  private final List<Object> arrays = new ArrayList<>();

  private Columns(Collection<T> rows) {
    this.rows = List.copyOf(rows);
  }

  static <T> Columns<T> of(Collection<T> rows) {
    return new Columns<>(rows);
  }

  int rows() {
    return rows.size();
  }

  Object[] toArray() {
    return arrays.toArray();
  }

  Columns<T> longs(ToLongFunction<T> value) {
    return add(rows.stream().mapToLong(value).toArray());
  }

  Columns<T> ints(ToIntFunction<T> value) {
    return add(rows.stream().mapToInt(value).toArray());
  }

  Columns<T> booleans(Predicate<T> value) {
    boolean[] array = new boolean[rows.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = value.test(rows.get(i));
    }
    return add(array);
  }

  Columns<T> texts(Function<T, @Nullable String> value) {
    return add(rows.stream().map(value).toArray(String[]::new));
  }

  Columns<T> bytes(Function<T, byte @Nullable []> value) {
    return add(rows.stream().map(value).toArray(byte[][]::new));
  }

  private Columns<T> add(Object array) {
    arrays.add(array);
    return this;
  }
}
