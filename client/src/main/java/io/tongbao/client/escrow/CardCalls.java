package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls about bank cards. Specification §4.1.9 to §4.1.17. */
public final class CardCalls {
  private CardCalls() {}

  /** 查询卡 bin §4.1.9. */
  @Calls("MemberService.getBankCardBin")
  public record Bin(@JsonProperty("cardNo") Secret card) implements EscrowCall<BinInfo> {}

  /** §5.1. */
  public record BinInfo(@JsonProperty("cardBinInfo") JsonNode facts) {}

  /**
   * 请求绑定银行卡 §4.1.10.
   *
   * @param way §6.23: 1 三要素, 2 四要素, 3 实名付, 4 新移动; null means 2
   * @param validity year and month of a credit card, such as 2103
   * @param unionBank the bank's payment number, where the bank is not directly reached
   */
  @Calls("MemberService.applyBindBankCard")
  public record ApplyBind(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("cardNo") Secret card,
      @JsonProperty("phone") String phone,
      @JsonProperty("name") String name,
      @JsonProperty("cardCheck") @Nullable Integer way,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("validate") @Nullable Secret validity,
      @JsonProperty("cvv2") @Nullable Secret cvv2,
      @JsonProperty("isSafeCard") @Nullable Boolean safe,
      @JsonProperty("unionBank") @Nullable String unionBank)
      implements EscrowCall<BindApplied> {
    /** A debit card. */
    public ApplyBind(
        String member, Secret card, String phone, String name, int way, Secret identityNo) {
      this(
          member,
          card,
          phone,
          name,
          way,
          MemberCalls.IDENTITY_CARD,
          identityNo,
          null,
          null,
          null,
          null);
    }
  }

  /** What to confirm the binding with. The member's name is spelled as the wire spells it. */
  public record BindApplied(
      @JsonProperty("BizUserId") @Nullable String member, // sic; §4.1.12 leaves it out
      @JsonProperty("tranceNum") @Nullable String trace, // sic
      @JsonProperty("transDate") @Nullable String date,
      @JsonProperty("bankName") String bankName,
      @JsonProperty("bankCode") String bankCode,
      @JsonProperty("cardType") int cardType) {}

  /** 确认绑定银行卡 §4.1.11. */
  @Calls("MemberService.bindBankCard")
  public record Bind(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("tranceNum") String trace, // sic
      @JsonProperty("transDate") @Nullable String date,
      @JsonProperty("phone") String phone,
      @JsonProperty("verificationCode") String code)
      implements EscrowCall<Bound> {}

  /** The binding's number again. */
  public record Bound(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("tranceNum") String trace, // sic
      @JsonProperty("transDate") @Nullable String date) {}

  /** 查询绑定银行卡 §4.1.16; without a card all of them. */
  @Calls("MemberService.queryBankCard")
  public record Query(
      @JsonProperty("bizUserId") String member, @JsonProperty("cardNo") @Nullable Secret card)
      implements EscrowCall<Cards> {}

  /** The cards of §5.9. */
  public record Cards(@JsonProperty("bindCardList") List<BoundCard> cards) {}

  /** §5.9. */
  public record BoundCard(
      @JsonProperty("bankCardNo") Secret card,
      @JsonProperty("bankName") String bankName,
      @JsonProperty("bindTime") String boundAt,
      @JsonProperty("cardType") int cardType,
      @JsonProperty("bindState") int state,
      @JsonProperty("phone") @Nullable String phone,
      @JsonProperty("isSafeCard") boolean safe,
      @JsonProperty("isVerifyPayChecked") boolean realNamePay,
      @JsonProperty("IsQUICKPAYCard") boolean quickPay, // sic
      @JsonProperty("bindMethod") int way) {}

  /** 解绑绑定银行卡 §4.1.17. */
  @Calls("MemberService.unbindBankCard")
  public record Unbind(
      @JsonProperty("bizUserId") String member, @JsonProperty("cardNo") Secret card)
      implements EscrowCall<Unbound> {}

  /** The card that is no longer bound. */
  public record Unbound(
      @JsonProperty("bizUserId") String member, @JsonProperty("cardNo") Secret card) {}

  /** 实名付绑定银行卡申请 §4.1.12. */
  @Calls("MemberService.applyVerifyPayBindBankCard")
  public record ApplyVerifyPay(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("cardNo") Secret card,
      @JsonProperty("phone") String phone,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("isSafeCard") @Nullable Boolean safe,
      @JsonProperty("unionBank") @Nullable String unionBank)
      implements EscrowCall<BindApplied> {}

  /** 实名付绑定银行卡确认 §4.1.13. */
  @Calls("MemberService.affirmVerifyPayBindCard")
  public record AffirmVerifyPay(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("tranceNum") String trace,
      @JsonProperty("verificationCode") String code)
      implements EscrowCall<Affirmed> {}

  /** The binding's number. */
  public record Affirmed(@JsonProperty("tranceNum") String trace) {}

  /** 三要素绑定银行卡 §4.1.14. */
  @Calls("MemberService.threeElementsBindBankCard")
  public record BindByThree(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("cardNo") Secret card,
      @JsonProperty("isSafeCard") @Nullable Boolean safe,
      @JsonProperty("unionBank") @Nullable String unionBank)
      implements EscrowCall<BoundByThree> {}

  /** The card that was bound. */
  public record BoundByThree(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("transDate") String date,
      @JsonProperty("bankName") String bankName,
      @JsonProperty("bankCode") String bankCode,
      @JsonProperty("cardType") int cardType) {}

  /** 设置安全卡 §4.1.15. */
  @Calls("MemberService.setSafeCard")
  public record SetSafe(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("cardNo") Secret card,
      @JsonProperty("setSafeCard") @Nullable Boolean safe)
      implements EscrowCall<Unbound> {}
}
