package io.tongbao.server.escrow.password;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Codec;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.escrow.password.PersonsOwn.Claim;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 修改支付密码: a person puts another payment password in the place of the one he knows. §4.1.21. */
@Component
final class UpdatePayPwd implements PasswordPage {
  private static final Codec<Request> CODEC = Codec.of(Request.class);

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("backUrl") String backUrl,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl) {
    private Claim claim() {
      return new Claim(member, name, identityNo, null, jumpUrl, backUrl);
    }
  }

  private final PersonsOwn own;
  private final Passwords passwords;

  UpdatePayPwd(PersonsOwn own, Passwords passwords) {
    this.own = own;
    this.passwords = passwords;
  }

  @Override
  public String name() {
    return "updatePayPwd";
  }

  @Override
  public String operation() {
    return "MemberPwdService.updatePayPwd";
  }

  @Override
  public String title() {
    return "修改支付密码";
  }

  @Override
  public String farewell() {
    return "支付密码已修改";
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.OLD, Field.NEW, Field.AGAIN);
  }

  @Override
  public Visit open(Admitted admitted) {
    Request request = CODEC.decode(admitted.parameters(), admitted.spelling());
    return own.open(admitted.caller(), this, request.claim(), false);
  }

  @Override
  public void sendCode(Entered entered) {
    throw Refusal.of(Reason.WRONG_CONFIRMATION, "code");
  }

  @Override
  public String submit(Entered entered) {
    Secret password = entered.entries().chosen();
    passwords.require(
        entered.member(), PasswordKind.PAY, entered.entries().typed(Field.OLD), entered.now());
    passwords.replace(
        entered.member(),
        PasswordKind.PAY,
        password,
        PersonsOwn.writes(entered, this, Map.of()),
        entered.now());
    return own.done(entered, this, Map.of());
  }
}
