package io.tongbao.server.escrow.order;

import io.tongbao.server.edge.Coded;

/** 银行卡/账户属性. Specification §4.2.3. */
enum BankAccountKind implements Coded {
  /** 个人银行卡. */
  PERSONAL_CARD("0"),
  /** 企业对公账户. */
  COMPANY_ACCOUNT("1");

  private final String code;

  BankAccountKind(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public boolean isNumber() {
    return true;
  }
}
