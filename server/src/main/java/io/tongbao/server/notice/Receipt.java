package io.tongbao.server.notice;

import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to.
 *
 * @param address the address that was dialled, where it came to that
 * @param status of the HTTP answer, or 0 where there was none
 * @param answer its body, at most 64 KB
 * @param failure what stood in the way; null where an HTTP answer came, all of it
 */
record Receipt(
    @Nullable String address, int status, long millis, String answer, @Nullable Failure failure) {

  /** What can stand in the way of an answer. */
  enum Failure {
    /** The stored address is not one that we dial for this merchant. */
    URL_REFUSED,
    /** The name leads nowhere, or the answer took too long. */
    DNS,
    /** The name leads to an address that is not public. */
    ADDRESS_REFUSED,
    CONNECT,
    TLS,
    TIMEOUT,
    BROKEN,
    /** Not dialled: the endpoint has been out of order for too long. */
    SUSPENDED,
    /** The face could not write it: ours to mend. */
    NOT_WRITTEN;

    /** Whether it says that the endpoint is out of order, as a timeout does. */
    boolean isTimeout() {
      return switch (this) {
        case DNS, CONNECT, TLS, TIMEOUT, BROKEN -> true;
        case URL_REFUSED, ADDRESS_REFUSED, SUSPENDED, NOT_WRITTEN -> false;
      };
    }
  }

  static Receipt failed(@Nullable String address, long millis, Failure failure) {
    return new Receipt(address, 0, millis, "", failure);
  }
}
