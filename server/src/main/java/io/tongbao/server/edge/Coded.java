package io.tongbao.server.edge;

import io.tongbao.kernel.Refusal;

/** An enum whose constants have codes on the wire. Read from a number or a text. */
public interface Coded {

  /** The constant's code, such as {@code "3"} or {@code "1001"}. */
  String code();

  /**
   * Whether the code is written as a JSON number; the specification's type of the field decides.
   */
  default boolean isNumber() {
    return false;
  }

  /** Why a request with an unknown code is refused; the same for all constants of an enum. */
  default Refusal.Reason unknown() {
    return Refusal.Reason.BAD_FIELD;
  }
}
