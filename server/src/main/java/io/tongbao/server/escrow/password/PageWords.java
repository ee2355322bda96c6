package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.escrow.EscrowRefusals;
import java.util.Map;

/** What a password page says when something was typed wrong; fields by their labels. */
final class PageWords {
  private static final Map<String, String> FIELDS =
      Map.of(
          Field.OLD.key(), "请输入原支付密码",
          Field.PASSWORD.key(), "请输入 6 位支付密码",
          Field.NEW.key(), "新密码须为 6 位数字，不能相同或连续",
          Field.AGAIN.key(), "两次输入的新密码不一致",
          Field.NEW_PHONE.key(), "请输入 11 位手机号码",
          Field.CODE.key(), "请输入短信验证码");

  private PageWords() {}

  static String of(Refusal refusal) {
    Reason reason = refusal.reason();
    if (reason == Reason.WRONG_PASSWORD) {
      return "支付密码错误，还可以输入 " + refusal.subject() + " 次";
    }
    if (reason == Reason.PASSWORD_LOCKED) {
      return "支付密码错误次数超过限制，请 3 小时后再试，或重置支付密码";
    }
    boolean typed = reason == Reason.BAD_FIELD || reason == Reason.MISSING_FIELD;
    String words = FIELDS.get(refusal.subject());
    if (typed && words != null) {
      return words;
    }
    return EscrowRefusals.words(refusal).message();
  }
}
