package io.tongbao.server.escrow.order;

import io.tongbao.server.edge.Coded;
import io.tongbao.server.order.State;

/** 订单状态. Specification §6.13. */
enum OrderStatus implements Coded {
  UNPAID(1),
  FAILED(3),
  SUCCEEDED(4),
  REFUNDED(5),
  CLOSED(6),
  IN_PROGRESS(99);

  private final int number;

  OrderStatus(int number) {
    this.number = number;
  }

  @Override
  public String code() {
    return Integer.toString(number);
  }

  @Override
  public boolean isNumber() {
    return true;
  }

  static OrderStatus of(State state) {
    return switch (state) {
      case UNPAID -> UNPAID;
      case IN_PROGRESS -> IN_PROGRESS;
      case SUCCEEDED -> SUCCEEDED;
      case REFUNDED -> REFUNDED;
      case FAILED -> FAILED;
      case CLOSED -> CLOSED;
    };
  }
}
