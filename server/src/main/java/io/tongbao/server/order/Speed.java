package io.tongbao.server.order;

/** When money that goes out is to arrive (到账时效). Specification escrow §4.2.3, §5.12. */
public enum Speed {
  /** At once. */
  T0,
  /** On the next day: the channel is asked when that has begun. */
  T1
}
