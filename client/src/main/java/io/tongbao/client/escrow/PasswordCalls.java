package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tongbao.kernel.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Calls about payment passwords. Specification §4.1.20 to §4.1.26. The first four are pages: give
 * them to {@link EscrowClient#page} with the path of their constant and send the member's browser
 * there.
 */
public final class PasswordCalls {
  public static final String SET_PAGE = "/pwd/setPayPwd.html";
  public static final String UPDATE_PAGE = "/pwd/updatePayPwd.html";
  public static final String RESET_PAGE = "/pwd/resetPayPwd.html";
  public static final String UPDATE_PHONE_PAGE = "/pwd/updatePhoneByPayPwd.html";
  public static final String PAY_PAGE = "/pwd/payOrder.html";

  private PasswordCalls() {}

  /** How it went: {@code OK} or {@code error}. */
  public record Result(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("result") String result,
      @JsonProperty("newPhone") @Nullable String newPhone) {}

  /** 设置支付密码 §4.1.20. */
  @Calls("MemberPwdService.setPayPwd")
  public record Set(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("phone") String phone,
      @JsonUnwrapped Identity identity,
      @JsonProperty("jumpUrl") String jumpUrl,
      @JsonProperty("backUrl") String backUrl)
      implements EscrowCall<Result> {}

  /** 修改支付密码 §4.1.21. */
  @Calls("MemberPwdService.updatePayPwd")
  public record Update(
      @JsonProperty("bizUserId") String member,
      @JsonUnwrapped Identity identity,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("backUrl") String backUrl)
      implements EscrowCall<Result> {}

  /** 重置支付密码 §4.1.22. */
  @Calls("MemberPwdService.resetPayPwd")
  public record Reset(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("phone") String phone,
      @JsonUnwrapped Identity identity,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("backUrl") String backUrl)
      implements EscrowCall<Result> {}

  /** 修改手机 §4.1.23. */
  @Calls("MemberPwdService.updatePhoneByPayPwd")
  public record UpdatePhone(
      @JsonProperty("bizUserId") String member,
      @JsonUnwrapped Identity identity,
      @JsonProperty("oldPhone") String oldPhone,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("backUrl") String backUrl)
      implements EscrowCall<Result> {}

  /** 确认支付【前台+密码验证版】 §4.2.10, a page. */
  @Calls("OrderService.pay")
  public record Pay(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("consumerIp") String consumerIp)
      implements EscrowCall<OrderCalls.Paid> {}

  /** 设置/修改新移动快捷支付密码 §4.1.24; {@code operation} is set or edit. */
  @Calls("MemberPwdService.setNewMobilePayPwd")
  public record SetNewMobile(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("operationType") String operation,
      @JsonUnwrapped Identity identity,
      @JsonProperty("oldPassword") @Nullable Secret oldPassword,
      @JsonProperty("newPassword") Secret newPassword)
      implements EscrowCall<Result> {}

  /** 重置新移动快捷支付密码申请 §4.1.25. */
  @Calls("MemberPwdService.resetNewMobilePayPwdApply")
  public record ApplyReset(
      @JsonProperty("bizUserId") String member, @JsonUnwrapped Identity identity)
      implements EscrowCall<ResetApplied> {}

  /** Where the code went, and the card whose whole number confirms. */
  public record ResetApplied(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("mobileNoMask") String phone,
      @JsonProperty("lastCardNoMask") @Nullable String card,
      @JsonProperty("bankName") @Nullable String bankName,
      @JsonProperty("cardType") @Nullable String cardType,
      @JsonProperty("mobileFlowNO") String flow) {}

  /** 重置新移动快捷支付密码确认 §4.1.26. */
  @Calls("MemberPwdService.resetNewMobilePayPwdAffirm")
  public record AffirmReset(
      @JsonProperty("bizUserId") String member,
      @JsonUnwrapped Identity identity,
      @JsonProperty("payPassword") Secret password,
      @JsonProperty("lastCardNo") Secret card,
      @JsonProperty("mobileFlowNO") String flow,
      @JsonProperty("mobileMsCode") String code)
      implements EscrowCall<Result> {}
}
