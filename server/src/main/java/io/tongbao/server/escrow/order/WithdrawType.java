package io.tongbao.server.escrow.order;

import io.tongbao.server.edge.Coded;
import io.tongbao.server.order.Speed;
import org.jspecify.annotations.Nullable;

/** 提现方式. Specification §4.2.3, §5.12. */
enum WithdrawType implements Coded {
  T0(Speed.T0),
  T1(Speed.T1);

  private final Speed speed;

  WithdrawType(Speed speed) {
    this.speed = speed;
  }

  @Override
  public String code() {
    return name();
  }

  /** What it means; 默认为 T0. */
  static Speed speed(@Nullable WithdrawType type) {
    return type == null ? Speed.T0 : type.speed;
  }
}
