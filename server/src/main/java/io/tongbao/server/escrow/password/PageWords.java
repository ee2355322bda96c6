package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.escrow.EscrowRefusals;
import java.util.List;
import java.util.Map;

/** What a password page says when something was typed wrong; fields by their labels. */
final class PageWords {
  private static final Map<String, String> FIELDS =
      Map.of(
          Field.OLD.key(), "请输入 6 位原支付密码",
          Field.PASSWORD.key(), "请输入 6 位支付密码",
          Field.NEW.key(), "新密码须为 6 位数字，不能相同或连续",
          Field.AGAIN.key(), "两次输入的新密码不一致",
          Field.NEW_PHONE.key(), "请输入 11 位手机号码",
          Field.CODE.key(), "请输入短信验证码");

  private static final Map<Reason, String> REASONS =
      Map.of(
          Reason.WRONG_CODE, "验证码错误或已失效，请重新输入",
          Reason.CODE_TOO_SOON, "验证码发送太频繁，请 1 分钟后再试",
          Reason.PHONE_ALREADY_BOUND, "新手机号码与原号码相同");

  private PageWords() {}

  static String of(Refusal refusal) {
    Reason reason = refusal.reason();
    if (reason == Reason.WRONG_PASSWORD) {
      return "支付密码错误，还可以输入 " + refusal.subject() + " 次";
    }
    boolean typed = reason == Reason.BAD_FIELD || reason == Reason.MISSING_FIELD;
    String words = typed ? FIELDS.get(refusal.subject()) : REASONS.get(reason);
    return words == null ? EscrowRefusals.words(Refusal.of(reason)).message() : words;
  }

  /** The form's name of the field that is wrong, or empty. */
  static String field(Refusal refusal, List<Field> fields) {
    String subject = subject(refusal, fields);
    return fields.stream().map(Field::key).filter(subject::equals).findFirst().orElse("");
  }

  private static String subject(Refusal refusal, List<Field> fields) {
    if (refusal.reason() == Reason.WRONG_PASSWORD) {
      return fields.contains(Field.OLD) ? Field.OLD.key() : Field.PASSWORD.key();
    }
    return refusal.reason() == Reason.WRONG_CODE ? Field.CODE.key() : refusal.subject();
  }
}
