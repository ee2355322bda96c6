package io.tongbao.server.escrow.password;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Codec;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.member.Purpose;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 重置支付密码: a person who forgot his payment password chooses another; his bound phone proves him.
 * §4.1.22.
 */
@Component
final class ResetPayPwd implements PasswordPage {
  private static final Codec<Request> CODEC = Codec.of(Request.class);

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("phone") String phone,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl) {}

  private final PersonsOwn own;
  private final Passwords passwords;
  private final Codes codes;

  ResetPayPwd(PersonsOwn own, Passwords passwords, Codes codes) {
    this.own = own;
    this.passwords = passwords;
    this.codes = codes;
  }

  @Override
  public String name() {
    return "resetPayPwd";
  }

  @Override
  public String operation() {
    return "MemberPwdService.resetPayPwd";
  }

  @Override
  public String title() {
    return "重置支付密码";
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.CODE, Field.NEW, Field.AGAIN);
  }

  @Override
  public Visit open(Admitted admitted) {
    Request request = CODEC.decode(admitted.parameters(), admitted.spelling());
    Member member =
        own.identified(admitted.caller(), request.member(), request.name(), request.identityNo());
    PersonsOwn.requireBound(member, request.phone(), "phone");
    if (!passwords.isSet(member, PasswordKind.PAY)) {
      throw Refusal.of(Reason.PASSWORD_NOT_SET, "bizUserId");
    }
    return own.visit(admitted.caller(), member, name(), request.jumpUrl(), request.backUrl());
  }

  @Override
  public void sendCode(Entered entered) {
    codes.send(
        entered.merchant(),
        entered.member(),
        entered.member().requirePhone(),
        Purpose.RESET_PASSWORD,
        "",
        entered.now());
  }

  @Override
  public String submit(Entered entered) {
    Secret password = entered.entries().chosen();
    RowWrite code =
        codes.redeem(
            entered.merchant(),
            entered.member(),
            entered.member().requirePhone(),
            Purpose.RESET_PASSWORD,
            "",
            entered.entries().code(),
            entered.now());
    passwords.replace(
        entered.member(),
        PasswordKind.PAY,
        password,
        List.of(
            code,
            Visits.use(entered.merchant(), entered.token(), entered.now()),
            PersonsOwn.news(entered, "escrow.resetPayPwd", Map.of())),
        entered.now());
    return own.done(entered, Map.of());
  }
}
