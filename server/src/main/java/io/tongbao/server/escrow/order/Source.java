package io.tongbao.server.escrow.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Coded;

/** 访问终端类型. Specification §6.9. */
enum Source implements Coded {
  MOBILE(1),
  PC(2);

  private final int number;

  Source(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  @Override
  public String code() {
    return Integer.toString(number);
  }

  @Override
  public boolean isNumber() {
    return true;
  }

  @Override
  public Refusal.Reason unknown() {
    return Refusal.Reason.UNSUPPORTED_SOURCE;
  }
}
