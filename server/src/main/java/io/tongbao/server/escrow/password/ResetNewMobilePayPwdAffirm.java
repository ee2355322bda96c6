package io.tongbao.server.escrow.password;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.member.Purpose;
import java.util.List;

/** 重置新移动快捷支付密码确认: the code and the whole card number give a new password. Specification §4.1.26. */
@Endpoint("MemberPwdService.resetNewMobilePayPwdAffirm")
final class ResetNewMobilePayPwdAffirm
    implements EscrowOperation<
        ResetNewMobilePayPwdAffirm.Request, ResetNewMobilePayPwdAffirm.Response> {

  record Request(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("payPassword") Secret password,
      @JsonProperty("lastCardNo") Secret card,
      @JsonProperty("mobileFlowNO") String flow,
      @JsonProperty("mobileMsCode") String code) {
    Request {
      password = Passwords.wellFormed(password, "payPassword");
      card = Forms.cardNo(card, "lastCardNo");
    }
  }

  record Response(
      @JsonProperty("bizUserId") String member, @JsonProperty("result") String result) {}

  private final PersonsOwn own;
  private final Passwords passwords;
  private final LastCards lastCards;
  private final Codes codes;

  ResetNewMobilePayPwdAffirm(
      PersonsOwn own, Passwords passwords, LastCards lastCards, Codes codes) {
    this.own = own;
    this.passwords = passwords;
    this.lastCards = lastCards;
    this.codes = codes;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = own.identified(caller, request.member(), request.name(), request.identityNo());
    if (!lastCards.of(member).number().equals(request.card())) {
      throw Refusal.of(Reason.CARD_UNKNOWN, "lastCardNo");
    }
    RowWrite code =
        codes.redeem(
            caller.merchant(),
            member,
            member.requirePhone(),
            Purpose.RESET_QUICKPAY_PASSWORD,
            request.flow(),
            request.code(),
            caller.now());
    passwords.replace(
        member, PasswordKind.QUICKPAY, request.password(), List.of(code), caller.now());
    return new Response(member.bizUserId(), "OK");
  }
}
