package io.tongbao.bench;

import org.jspecify.annotations.Nullable;

/** A measurement that means nothing, because something in it did not work. */
public final class BenchFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  BenchFailed(String what, @Nullable Throwable cause) {
    super(what, cause);
  }

  BenchFailed(String what) {
    this(what, null);
  }
}
