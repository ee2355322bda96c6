package io.tongbao.server.escrow.password;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.escrow.member.Dictionary.Funds;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.member.Purpose;

/**
 * 重置新移动快捷支付密码申请: texts a code to the member's phone, and shows the card bound last in stars; its
 * whole number confirms. Specification §4.1.25.
 */
@Endpoint("MemberPwdService.resetNewMobilePayPwdApply")
final class ResetNewMobilePayPwdApply
    implements EscrowOperation<
        ResetNewMobilePayPwdApply.Request, ResetNewMobilePayPwdApply.Response> {

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo) {}

  /** The flow number stands first: nobody can guess how what we sign begins (THREATS T3-2). */
  record Response(
      @JsonProperty("mobileFlowNO") String flow,
      @JsonProperty("bizUserId") String member,
      @JsonProperty("mobileNoMask") String phone,
      @JsonProperty("lastCardNoMask") String card,
      @JsonProperty("bankName") String bankName,
      @JsonProperty("cardType") String cardType) {}

  private final PersonsOwn own;
  private final Passwords passwords;
  private final LastCards lastCards;
  private final Codes codes;

  ResetNewMobilePayPwdApply(PersonsOwn own, Passwords passwords, LastCards lastCards, Codes codes) {
    this.own = own;
    this.passwords = passwords;
    this.lastCards = lastCards;
    this.codes = codes;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = own.identified(caller, request.member(), request.name(), request.identityNo());
    if (!passwords.isSet(member, PasswordKind.QUICKPAY)) {
      throw Refusal.of(Reason.PASSWORD_NOT_SET, "bizUserId");
    }
    Card card = lastCards.of(member);
    Secret phone = member.requirePhone();
    String flow = Ids.twentyDigits();
    codes.send(
        caller.merchant(), member, phone, Purpose.RESET_QUICKPAY_PASSWORD, flow, caller.now());
    return new Response(
        flow,
        member.bizUserId(),
        phone.masked(3, 4),
        card.number().masked(6, 4),
        card.bankName(),
        Funds.of(card.type()).code());
  }
}
