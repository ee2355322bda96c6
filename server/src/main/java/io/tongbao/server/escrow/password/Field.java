package io.tongbao.server.escrow.password;

/** A field of a password page's form, by its name in the form. */
enum Field {
  OLD("old", "原支付密码", Kind.PIN),
  PASSWORD("password", "支付密码", Kind.PIN),
  NEW("fresh", "新支付密码", Kind.PIN),
  AGAIN("again", "再次输入新密码", Kind.PIN),
  NEW_PHONE("phone", "新手机号码", Kind.PHONE),
  CODE("code", "短信验证码", Kind.CODE);

  enum Kind {
    PIN,
    PHONE,
    CODE
  }

  private final String key;
  private final String label;
  private final Kind kind;

  Field(String key, String label, Kind kind) {
    this.key = key;
    this.label = label;
    this.kind = kind;
  }

  /** Its name in the form. */
  public String key() {
    return key;
  }

  public String label() {
    return label;
  }

  public boolean isPin() {
    return kind == Kind.PIN;
  }

  public boolean isPhone() {
    return kind == Kind.PHONE;
  }

  public boolean isCode() {
    return kind == Kind.CODE;
  }
}
