package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.escrow.password.PasswordPage.Entered;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * A payment password chosen by whoever holds the member's bound phone: what setting the first one
 * and resetting a forgotten one have in common. Specification §4.1.20, §4.1.22.
 */
@Component
final class ChosenByCode {
  static final List<Field> FIELDS = List.of(Field.CODE, Field.NEW, Field.AGAIN);

  /** What is done with the chosen password: {@code Passwords}' set or replace. */
  interface LastStep {
    void take(Member member, PasswordKind kind, Secret password, List<RowWrite> with, Instant now);
  }

  private final PersonsOwn own;
  private final Codes codes;

  ChosenByCode(PersonsOwn own, Codes codes) {
    this.own = own;
    this.codes = codes;
  }

  void sendCode(Entered entered, Purpose purpose) {
    Secret phone = entered.member().requirePhone();
    codes.send(entered.merchant(), entered.member(), phone, purpose, "", entered.now());
  }

  String submit(Entered entered, PasswordPage page, Purpose purpose, LastStep step) {
    Secret password = entered.entries().chosen();
    List<RowWrite> with = new ArrayList<>();
    with.add(
        codes.redeem(
            entered.merchant(),
            entered.member(),
            entered.member().requirePhone(),
            purpose,
            "",
            entered.entries().code(),
            entered.now()));
    with.addAll(PersonsOwn.writes(entered, page, Map.of()));
    step.take(entered.member(), PasswordKind.PAY, password, with, entered.now());
    return own.done(entered, page, Map.of());
  }
}
