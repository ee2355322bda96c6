package io.tongbao.server.escrow.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.escrow.member.Dictionary.Binding;
import io.tongbao.server.escrow.member.Dictionary.Document;
import io.tongbao.server.escrow.member.Dictionary.Funds;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.CardApplication;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.CardType;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Members;
import java.time.YearMonth;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * 请求绑定银行卡: has a card checked. By three elements it is bound at once; otherwise the bank's phone
 * gets a code, and {@link BindBankCard} binds. Specification §4.1.10, §6.23.
 */
@Endpoint("MemberService.applyBindBankCard")
final class ApplyBindBankCard
    implements EscrowOperation<ApplyBindBankCard.Request, ApplyBindBankCard.Response> {
  private static final Pattern VALID_THRU = Pattern.compile("\\A[0-9]{2}(?:0[1-9]|1[0-2])\\z");
  private static final Pattern SECURITY_CODE = Pattern.compile("\\A[0-9]{3}\\z");

  record Request(
      @JsonProperty("bizUserId") String bizUserId,
      @JsonProperty("cardNo") Secret cardNo,
      @JsonProperty("phone") String phone,
      @JsonProperty("name") String name,
      @JsonProperty("cardCheck") @Nullable Binding binding,
      @JsonProperty("identityType") Document document,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("validate") @Nullable Secret validThru,
      @JsonProperty("cvv2") @Nullable Secret securityCode,
      @JsonProperty("isSafeCard") @Nullable Boolean safe,
      @JsonProperty("unionBank") @Nullable String unionBank) {
    Request {
      cardNo = Forms.cardNo(cardNo, "cardNo");
      phone = Forms.phone(phone, "phone").reveal();
      name = Forms.name(name, "name").reveal();
      identityNo = Forms.identityNo(identityNo, "identityNo");
      requireForm(VALID_THRU, validThru, "validate");
      requireForm(SECURITY_CODE, securityCode, "cvv2");
      unionBank = unionBank == null ? null : Forms.unionBank(unionBank, "unionBank");
    }

    BindMethod method() {
      return binding == null ? BindMethod.FOUR_ELEMENTS : binding.meaning();
    }

    CardClaim claim() {
      BindMethod method = method();
      return new CardClaim(
          method,
          new Secret(name),
          identityNo,
          cardNo,
          method == BindMethod.THREE_ELEMENTS ? null : new Secret(phone),
          validThru,
          securityCode,
          Boolean.TRUE.equals(safe),
          unionBank);
    }
  }

  record Response(
      @JsonProperty("tranceNum") @Nullable String tranceNum, // sic
      @JsonProperty("transDate") @Nullable String transDate,
      @JsonProperty("BizUserId") String bizUserId, // sic
      @JsonProperty("bankName") String bankName,
      @JsonProperty("bankCode") String bankCode,
      @JsonProperty("cardType") Funds cardType) {}

  private final Members members;
  private final Bindings bindings;

  ApplyBindBankCard(Members members, Bindings bindings) {
    this.members = members;
    this.bindings = bindings;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    Member member = members.active(caller.merchant(), request.bizUserId());
    if (bindings.bin(request.cardNo()).type() == CardType.CREDIT) {
      requireCreditDetails(caller, request);
    }
    if (request.method() == BindMethod.THREE_ELEMENTS) {
      Card card = bindings.bind(caller.merchant(), member, request.claim(), caller.now());
      return new Response(
          null, null, member.bizUserId(), card.bankName(), card.bankCode(), Funds.of(card.type()));
    }
    CardApplication application =
        bindings.apply(caller.merchant(), member, request.claim(), caller.now());
    return new Response(
        application.number(),
        Dates.of(application),
        member.bizUserId(),
        application.bankName(),
        application.bankCode(),
        Funds.of(application.type()));
  }

  private static void requireCreditDetails(Caller caller, Request request) {
    Secret validThru = request.validThru();
    if (validThru == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "validate");
    }
    if (request.securityCode() == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "cvv2");
    }
    YearMonth last =
        YearMonth.of(
            2000 + Integer.parseInt(validThru.reveal().substring(0, 2)),
            Integer.parseInt(validThru.reveal().substring(2)));
    if (last.isBefore(YearMonth.from(BeijingTime.dayOf(caller.now())))) {
      throw Refusal.of(Reason.CARD_BINDING_FAILED, "validate");
    }
  }

  private static void requireForm(Pattern form, @Nullable Secret value, String field) {
    if (value != null && !form.matcher(value.reveal()).matches()) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
  }
}
