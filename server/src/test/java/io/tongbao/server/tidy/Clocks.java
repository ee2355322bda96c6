package io.tongbao.server.tidy;

import java.util.List;

/** The few places that may look at the wall clock, and why. */
final class Clocks {
  private Clocks() {}

  static final List<String> ALLOWED =
      List.of(
          // Where a merchant's clock begins: the wall clock plus his offset.
          "server/src/main/java/io/tongbao/server/merchant/",
          // Ids are ordered by when they were made, which no merchant's clock may set back.
          "kernel/src/main/java/io/tongbao/kernel/Ids.java",
          // Programs of their own, on the caller's side of the wire.
          "client/src/main/java/io/tongbao/client/",
          "bench/src/main/java/io/tongbao/bench/");
}
