package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.CardApplication;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;

/**
 * 实名付绑定银行卡确认: binds the card that {@link ApplyVerifyPayBindBankCard} was asked for, when the code
 * is right. Specification §4.1.13.
 */
@Endpoint("MemberService.affirmVerifyPayBindCard")
final class AffirmVerifyPayBindCard
    implements EscrowOperation<AffirmVerifyPayBindCard.Request, AffirmVerifyPayBindCard.Response> {

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("tranceNum") String tranceNum, // sic
      @JsonProperty("verificationCode") String code) {}

  record Response(@JsonProperty("tranceNum") String tranceNum) {} // sic

  private final Members members;
  private final Bindings bindings;

  AffirmVerifyPayBindCard(Members members, Bindings bindings) {
    this.members = members;
    this.bindings = bindings;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    CardApplication application = bindings.require(member, request.tranceNum());
    if (application.method() != BindMethod.VERIFY_PAY) {
      throw Refusal.of(Reason.CARD_UNKNOWN, "tranceNum");
    }
    bindings.confirm(caller.merchant(), member, application, request.code(), caller.now());
    return new Response(application.number());
  }
}
