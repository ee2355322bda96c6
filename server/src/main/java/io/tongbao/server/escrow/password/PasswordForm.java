package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.escrow.password.PasswordPage.Entered;
import io.tongbao.server.order.Kind;
import io.tongbao.server.order.Order;
import io.tongbao.server.page.Pages;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A password page as the member sees it: what it is about, its fields, and what was wrong with what
 * he typed. No password ever goes back into it (THREATS T3-8).
 *
 * @param order what is paid, on the page that pays
 */
record PasswordForm(PasswordPage page, Entered entered, @Nullable Order order, String action) {

  ServerResponse fresh() {
    return show("", "", "", "");
  }

  ServerResponse codeSent() {
    return show("", "", "验证码已发送，5 分钟内有效", "");
  }

  /** The page again, with what is wrong. */
  ServerResponse refused(Refusal refusal) {
    if (refusal.reason() == Reason.PASSWORD_LOCKED) {
      return Pages.trouble("支付密码已锁定", "密码错误次数过多。请 3 小时后再试，或返回商户重置支付密码", "30033", "");
    }
    String field = PageWords.field(refusal, page.fields());
    boolean codeStands = !field.equals(Field.CODE.key());
    return show(
        PageWords.of(refusal), field, "", codeStands ? entered.entries().shown(Field.CODE) : "");
  }

  ServerResponse faulty() {
    return show("系统繁忙，请稍后再试", "", "", "");
  }

  private ServerResponse show(String trouble, String wrong, String hint, String code) {
    Map<String, Object> model = new HashMap<>();
    boolean withdraws = order != null && order.kind() == Kind.WITHDRAWAL;
    model.put("title", withdraws ? "确认提现" : page.title());
    model.put("payee", entered.merchant().name());
    model.put("fields", page.fields());
    model.put("phone", entered.entries().shown(Field.NEW_PHONE));
    model.put("code", code);
    model.put("codeGoesTo", codeGoesTo());
    model.put("trouble", trouble);
    model.put("wrong", wrong);
    model.put("hint", hint);
    model.put("action", action);
    model.put("amount", order == null ? "" : Pages.amount(order.amount()));
    model.put("number", order == null ? "" : order.number());
    model.put(
        "goods", order == null ? "" : Objects.requireNonNullElse(order.terms().goodsName(), ""));
    return Pages.showWithKeypad("password", model, entered.visit().jumpUrl());
  }

  private String codeGoesTo() {
    if (page.fields().contains(Field.NEW_PHONE)) {
      return "新手机号码";
    }
    return page.fields().contains(Field.CODE) ? entered.member().requirePhone().masked(3, 4) : "";
  }
}
