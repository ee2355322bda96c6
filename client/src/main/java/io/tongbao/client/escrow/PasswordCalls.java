package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonProperty;
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
  public record Set(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("phone") String phone,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("jumpUrl") String jumpUrl,
      @JsonProperty("backUrl") String backUrl)
      implements EscrowCall<Result> {
    @Override
    public String method() {
      return "MemberPwdService.setPayPwd";
    }

    @Override
    public Class<Result> answer() {
      return Result.class;
    }
  }

  /** 修改支付密码 §4.1.21. */
  public record Update(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("backUrl") String backUrl)
      implements EscrowCall<Result> {
    @Override
    public String method() {
      return "MemberPwdService.updatePayPwd";
    }

    @Override
    public Class<Result> answer() {
      return Result.class;
    }
  }

  /** 重置支付密码 §4.1.22. */
  public record Reset(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("phone") String phone,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("backUrl") String backUrl)
      implements EscrowCall<Result> {
    @Override
    public String method() {
      return "MemberPwdService.resetPayPwd";
    }

    @Override
    public Class<Result> answer() {
      return Result.class;
    }
  }

  /** 修改手机 §4.1.23. */
  public record UpdatePhone(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("oldPhone") String oldPhone,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("backUrl") String backUrl)
      implements EscrowCall<Result> {
    @Override
    public String method() {
      return "MemberPwdService.updatePhoneByPayPwd";
    }

    @Override
    public Class<Result> answer() {
      return Result.class;
    }
  }

  /** 确认支付【前台+密码验证版】 §4.2.10, a page. */
  public record Pay(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("bizOrderNo") String number,
      @JsonProperty("jumpUrl") @Nullable String jumpUrl,
      @JsonProperty("consumerIp") String consumerIp)
      implements EscrowCall<OrderCalls.Paid> {
    @Override
    public String method() {
      return "OrderService.pay";
    }

    @Override
    public Class<OrderCalls.Paid> answer() {
      return OrderCalls.Paid.class;
    }
  }

  /** 设置/修改新移动快捷支付密码 §4.1.24; {@code operation} is set or edit. */
  public record SetNewMobile(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("operationType") String operation,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("oldPassword") @Nullable Secret oldPassword,
      @JsonProperty("newPassword") Secret newPassword)
      implements EscrowCall<Result> {
    @Override
    public String method() {
      return "MemberPwdService.setNewMobilePayPwd";
    }

    @Override
    public Class<Result> answer() {
      return Result.class;
    }
  }

  /** 重置新移动快捷支付密码申请 §4.1.25. */
  public record ApplyReset(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo)
      implements EscrowCall<ResetApplied> {
    @Override
    public String method() {
      return "MemberPwdService.resetNewMobilePayPwdApply";
    }

    @Override
    public Class<ResetApplied> answer() {
      return ResetApplied.class;
    }
  }

  /** Where the code went, and the card whose whole number confirms. */
  public record ResetApplied(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("mobileNoMask") String phone,
      @JsonProperty("lastCardNoMask") @Nullable String card,
      @JsonProperty("bankName") @Nullable String bankName,
      @JsonProperty("cardType") @Nullable String cardType,
      @JsonProperty("mobileFlowNO") String flow) {}

  /** 重置新移动快捷支付密码确认 §4.1.26. */
  public record AffirmReset(
      @JsonProperty("bizUserId") String member,
      @JsonProperty("name") String name,
      @JsonProperty("identityType") int identityType,
      @JsonProperty("identityNo") Secret identityNo,
      @JsonProperty("payPassword") Secret password,
      @JsonProperty("lastCardNo") Secret card,
      @JsonProperty("mobileFlowNO") String flow,
      @JsonProperty("mobileMsCode") String code)
      implements EscrowCall<Result> {
    @Override
    public String method() {
      return "MemberPwdService.resetNewMobilePayPwdAffirm";
    }

    @Override
    public Class<Result> answer() {
      return Result.class;
    }
  }
}
