package io.tongbao.ledger;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that goes with a change and must hit exactly one row; where it hits none, the change
 * is a conflict over {@code row} and nothing of it is committed. Opaque to the ledger: text with
 * {@code ?} and its parameters (anything that {@code PreparedStatement.setObject} takes, Instants,
 * and {@code byte[]}). Equal texts of one batch are sent together.
 *
 * @param row what the write is about, such as {@code "order"}; named in the conflict
 */
public record RowWrite(String row, String sql, List<@Nullable Object> parameters) {
  public RowWrite {
    parameters = Collections.unmodifiableList(parameters);
  }

  public static RowWrite of(String row, String sql, @Nullable Object... parameters) {
    return new RowWrite(row, sql, Arrays.asList(parameters.clone()));
  }
}
