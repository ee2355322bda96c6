package io.tongbao.server.payout.report;

import io.tongbao.server.edge.Coded;

/** 打款结果: how a payout that was made elsewhere ended. Specification §2.5. */
enum Outcome implements Coded {
  SUCCEEDED("1"),
  FAILED("2");

  private final String code;

  Outcome(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
