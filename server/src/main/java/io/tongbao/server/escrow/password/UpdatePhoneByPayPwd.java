package io.tongbao.server.escrow.password;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Codec;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.escrow.notice.SealedFact;
import io.tongbao.server.escrow.password.PersonsOwn.BoundPhone;
import io.tongbao.server.escrow.password.PersonsOwn.Claim;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Members;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.member.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 修改手机【密码验证版】: a person binds another phone with his payment password; the new phone proves itself.
 * §4.1.23.
 */
@Component
final class UpdatePhoneByPayPwd implements PasswordPage {
  private static final Codec<Request> CODEC = Codec.of(Request.class);

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("oldPhone") String oldPhone,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("backUrl") String backUrl) {
    private Claim claim() {
      BoundPhone bound = new BoundPhone(oldPhone, "oldPhone");
      return new Claim(member, name, identityNo, bound, jumpUrl, backUrl);
    }
  }

  private final PersonsOwn own;
  private final Members members;
  private final Passwords passwords;
  private final Codes codes;
  private final SealedFact sealed;

  UpdatePhoneByPayPwd(
      PersonsOwn own, Members members, Passwords passwords, Codes codes, SealedFact sealed) {
    this.own = own;
    this.members = members;
    this.passwords = passwords;
    this.codes = codes;
    this.sealed = sealed;
  }

  @Override
  public String name() {
    return "updatePhoneByPayPwd";
  }

  @Override
  public String operation() {
    return "MemberPwdService.updatePhoneByPayPwd";
  }

  @Override
  public String title() {
    return "修改手机";
  }

  @Override
  public String farewell() {
    return "手机号码已修改";
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.NEW_PHONE, Field.CODE, Field.PASSWORD);
  }

  @Override
  public Visit open(Admitted admitted) {
    Request request = CODEC.decode(admitted.parameters(), admitted.spelling());
    return own.open(admitted.caller(), this, request.claim(), false);
  }

  @Override
  public void sendCode(Entered entered) {
    codes.send(
        entered.merchant(),
        entered.member(),
        another(entered),
        Purpose.CHANGE_PHONE,
        "",
        entered.now());
  }

  @Override
  public String submit(Entered entered) {
    Secret old = entered.member().requirePhone();
    Secret phone = another(entered);
    passwords.require(
        entered.member(), PasswordKind.PAY, entered.entries().typed(Field.PASSWORD), entered.now());
    List<RowWrite> with = new ArrayList<>();
    with.add(
        codes.redeem(
            entered.merchant(),
            entered.member(),
            phone,
            Purpose.CHANGE_PHONE,
            "",
            entered.entries().code(),
            entered.now()));
    String told = sealed.seal(entered.member().id(), phone);
    with.addAll(PersonsOwn.writes(entered, this, Map.of("newPhone", told)));
    members.changePhone(entered.member(), phone, with, entered.now());
    codes.warn(entered.merchant(), old, Purpose.PHONE_CHANGED, entered.now());
    return own.done(entered, this, Map.of("newPhone", phone.reveal()));
  }

  /** The new phone, which is not the one that is bound. */
  private static Secret another(Entered entered) {
    Secret phone = entered.entries().newPhone();
    if (phone.equals(entered.member().requirePhone())) {
      throw Refusal.of(Reason.PHONE_ALREADY_BOUND, Field.NEW_PHONE.key());
    }
    return phone;
  }
}
