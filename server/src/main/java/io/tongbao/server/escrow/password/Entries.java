package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Passwords;
import io.tongbao.wire.Form;

/** What was typed into a password page. Read once; printed never. */
final class Entries {
  private final Form form;

  private Entries(Form form) {
    this.form = form;
  }

  static Entries read(Bytes body) {
    return new Entries(Form.read(body));
  }

  /** Whether the button was pressed that asks for a code. */
  boolean asksForCode() {
    return "send".equals(form.one("act"));
  }

  /** A password as it was typed. */
  Secret typed(Field field) {
    return new Secret(text(field));
  }

  /** The new password, well formed and typed twice alike. */
  Secret chosen() {
    Secret password = Passwords.wellFormed(typed(Field.NEW), Field.NEW.key());
    if (!password.equals(typed(Field.AGAIN))) {
      throw Refusal.of(Reason.BAD_FIELD, Field.AGAIN.key());
    }
    return password;
  }

  Secret newPhone() {
    return Forms.phone(text(Field.NEW_PHONE), Field.NEW_PHONE.key());
  }

  String code() {
    return text(Field.CODE);
  }

  /** What a field that is no password is filled with when the page is shown again. */
  String shown(Field field) {
    String text = field.isPin() ? null : form.one(field.key());
    return text == null ? "" : text;
  }

  private String text(Field field) {
    String text = form.one(field.key());
    if (text == null || text.isEmpty()) {
      throw Refusal.of(Reason.MISSING_FIELD, field.key());
    }
    return text;
  }
}
