package io.tongbao.server.escrow.order;

import io.tongbao.server.edge.Coded;
import io.tongbao.server.order.Progress;

/** 支付状态. Specification §4.2.2, §4.2.8. */
enum PayStatus implements Coded {
  SUCCESS("success"),
  PENDING("pending"),
  FAIL("fail");

  private final String code;

  PayStatus(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }

  static PayStatus of(Progress progress) {
    return switch (progress) {
      case Progress.Succeeded _ -> SUCCESS;
      case Progress.Pending _ -> PENDING;
      case Progress.Failed _ -> FAIL;
    };
  }
}
