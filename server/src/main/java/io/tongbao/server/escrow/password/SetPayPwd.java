package io.tongbao.server.escrow.password;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Codec;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.escrow.password.PersonsOwn.BoundPhone;
import io.tongbao.server.escrow.password.PersonsOwn.Claim;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.member.Purpose;
import java.util.List;
import org.springframework.stereotype.Component;

/** 设置支付密码: a person sets the first payment password; his bound phone proves him. §4.1.20. */
@Component
final class SetPayPwd implements PasswordPage {
  private static final Codec<Request> CODEC = Codec.of(Request.class);

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("phone") String phone,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("jumpUrl") String jumpUrl,
      @JsonProperty("backUrl") String backUrl) {
    private Claim claim() {
      return new Claim(member, name, identityNo, new BoundPhone(phone, "phone"), jumpUrl, backUrl);
    }
  }

  private final PersonsOwn own;
  private final ChosenByCode chosen;
  private final Passwords passwords;

  SetPayPwd(PersonsOwn own, ChosenByCode chosen, Passwords passwords) {
    this.own = own;
    this.chosen = chosen;
    this.passwords = passwords;
  }

  @Override
  public String name() {
    return "setPayPwd";
  }

  @Override
  public String operation() {
    return "MemberPwdService.setPayPwd";
  }

  @Override
  public String title() {
    return "设置支付密码";
  }

  @Override
  public String farewell() {
    return "支付密码已设置";
  }

  @Override
  public List<Field> fields() {
    return ChosenByCode.FIELDS;
  }

  @Override
  public Visit open(Admitted admitted) {
    Request request = CODEC.decode(admitted.parameters(), admitted.spelling());
    return own.open(admitted.caller(), this, request.claim(), true);
  }

  @Override
  public void sendCode(Entered entered) {
    chosen.sendCode(entered, Purpose.SET_PASSWORD);
  }

  @Override
  public String submit(Entered entered) {
    return chosen.submit(entered, this, Purpose.SET_PASSWORD, passwords::set);
  }
}
