package io.tongbao.server.escrow.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Coded;
import io.tongbao.server.order.Confirmation;
import org.jspecify.annotations.Nullable;

/** 交易验证方式. Specification §6.20. */
enum ValidateType implements Coded {
  NONE("0", Confirmation.NONE),
  SMS_CODE("1", Confirmation.SMS_CODE),
  PASSWORD("2", Confirmation.PASSWORD);

  private final String code;
  private final Confirmation confirmation;

  ValidateType(String code, Confirmation confirmation) {
    this.code = code;
    this.confirmation = confirmation;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public boolean isNumber() {
    return true;
  }

  @Override
  public Refusal.Reason unknown() {
    return Refusal.Reason.WRONG_CONFIRMATION;
  }

  /** What it means; 如不填，默认为短信验证码确认. */
  static Confirmation confirmation(@Nullable ValidateType type) {
    return type == null ? Confirmation.SMS_CODE : type.confirmation;
  }
}
