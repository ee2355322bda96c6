package io.tongbao.server.payout;

import io.tongbao.kernel.Refusal;

/** What a refusal is called on the payout face: code and words. Specification appendix 3. */
public final class PayoutRefusals {
  private static final int LONGEST_SUBJECT = 64;

  /**
   * A refusal as the dealer reads it.
   *
   * @param message in Chinese, with the field's wire name where there is one
   */
  public record Words(String code, String message) {}

  private PayoutRefusals() {}

  /**
   * @param opened whether the message was let in: then a field that is missing or wrong is one of
   *     the data's (2001), not one of the envelope's (1002)
   */
  static Words words(Refusal refusal, boolean opened) {
    Refusal.Reason reason = refusal.reason();
    String subject = refusal.subject();
    if (reason == Refusal.Reason.BAD_IDENTITY_DATA) {
      return new Words("2002", thing(subject) + "有误");
    }
    boolean ofData =
        opened && (reason == Refusal.Reason.MISSING_FIELD || reason == Refusal.Reason.BAD_FIELD);
    Words words = ofData ? new Words("2001", data(reason)) : words(reason);
    return subject.isEmpty() || subject.length() > LONGEST_SUBJECT
        ? words
        : new Words(words.code(), words.message() + "：" + subject);
  }

  private static String data(Refusal.Reason reason) {
    return reason == Refusal.Reason.MISSING_FIELD ? "上传数据有误，参数不能为空" : "上传数据有误";
  }

  /** What people call a field of §2.3. */
  private static String thing(String field) {
    return switch (field) {
      case "id_card" -> "身份证号";
      case "real_name" -> "姓名";
      case "mobile", "phone_no" -> "手机号";
      default -> "身份信息";
    };
  }

  /** The table of appendix 3. Reasons that no operation of this face has share 上传数据有误. */
  private static Words words(Refusal.Reason reason) {
    return switch (reason) {
      case MALFORMED, BAD_FIELD -> new Words("1002", "请求参数格式不正确");
      case MISSING_FIELD -> new Words("1002", "请求参数格式不正确，参数不能为空");
      case TOO_LARGE -> new Words("1002", "请求参数格式不正确，超过长度限制");
      case UNKNOWN_OPERATION -> new Words("1002", "请求参数格式不正确，没有此接口");
      case STALE_TIMESTAMP -> new Words("1001", "签名已过期");
      case BAD_SIGNATURE -> new Words("1003", "签名错误");
      case MESSAGE_USED -> new Words("1003", "签名错误，该报文已用于其他接口");
      case DECRYPTION_FAILED -> new Words("1004", "加密错误");
      case UNKNOWN_MERCHANT -> new Words("1005", "商户未设置3deskey或没有设置appkey");
      case SOURCE_NOT_ALLOWED -> new Words("1005", "商户未登记此来源地址");
      case NOT_PERMITTED -> new Words("1005", "商户没有权限使用此接口");
      case BAD_AMOUNT, WRONG_ORDER_AMOUNT -> new Words("2016", "错误的打款金额");
      case NEGATIVE_AMOUNT -> new Words("2024", "订单金额小于0");
      case ORDER_EXISTS -> new Words("2002", "已上传过该笔流水");
      case BAD_IDENTITY_DATA -> new Words("2002", "身份信息有误");
      case IDENTITY_REFUSED, REAL_NAME_MISMATCH, STRONG_REAL_NAME_FAILED ->
          new Words("2003", "实名认证失败");
      case WRONG_CODE -> new Words("2003", "实名认证失败，验证码错误");
      case CODE_TOO_SOON -> new Words("2003", "实名认证失败，验证码发送过于频繁");
      case WRONG_CARD, UNKNOWN_BANK -> new Words("2006", "银行卡号错误");
      case ORDER_UNKNOWN -> new Words("2018", "该笔订单不存在");
      case ORDER_WRONG -> new Words("2011", "订单不存在");
      case INSUFFICIENT_BALANCE -> new Words("2027", "账户余额不足");
      case BROKER_UNKNOWN -> new Words("2038", "该商户不属于该经纪公司");
      case RULE_LIMIT -> new Words("2001", "上传数据有误，超过限额");
      case WRONG_ORDER_STATE, ORDER_CLOSED -> new Words("2001", "上传数据有误，订单状态不允许");
      case NO_CHANNEL, CHANNEL_NOT_CONFIGURED, PAYMENT_NOT_PERMITTED ->
          new Words("2001", "上传数据有误，未开通该支付渠道");
      case PAYMENT_FAILED, PAYMENT_TIMED_OUT -> new Words("3000", "银行系统连接失败，请联系我们修复");
      case BUSY -> new Words("3000", "系统繁忙，请稍后以原单号重试");
      case INTERNAL -> new Words("3000", "系统异常，请查询确认结果");
      case FILE_NOT_READY -> new Words("5000", "不存在的账单");
      case B2C_NOT_ENABLED,
          TRANSFER_NOT_ENABLED,
          PASSWORD_CONFIRMATION_NOT_ENABLED,
          THREE_ELEMENTS_NOT_ENABLED,
          MEMBER_EXISTS,
          MEMBER_UNKNOWN,
          MEMBER_LOCKED,
          MEMBER_ALREADY_ACTIVE,
          WRONG_MEMBER_TYPE,
          ALREADY_REAL_NAMED,
          NOT_REAL_NAMED,
          CARD_BINDING_FAILED,
          CARD_UNBINDING_FAILED,
          CARD_UNKNOWN,
          CARD_ALREADY_BOUND,
          WRONG_ACCOUNT_SET,
          ACCOUNT_SET_UNKNOWN,
          PHONE_NOT_BOUND,
          MEMBER_UNAVAILABLE,
          COMPANY_ALREADY_AUDITED,
          PHONE_ALREADY_BOUND,
          SAFE_CARD_MUST_BE_DEBIT,
          SAFE_CARD_EXISTS,
          SAFE_CARD_NOT_UNBINDABLE,
          SAFE_CARD_FAILED,
          SAFE_CARD_REQUIRED,
          COMPANY_NOT_SET,
          PASSWORD_ALREADY_SET,
          PASSWORD_NOT_SET,
          PASSWORD_LOCKED,
          WRONG_PASSWORD,
          UNSUPPORTED_IDENTITY_TYPE,
          ORDER_EXPIRED,
          ORDER_NOT_UNPAID,
          PARTS_DO_NOT_ADD_UP,
          QUICKPAY_WITH_GATEWAY,
          TRADE_TYPE_UNKNOWN,
          RESERVE_SHORT,
          CREDIT_CARD_NOT_SUPPORTED,
          GOODS_ENTRY_FAILED,
          FEE_OVER_AMOUNT,
          WRONG_ORDER_TYPE,
          ORDER_OF_ANOTHER_MEMBER,
          GOODS_OVERSUBSCRIBED,
          GOODS_UNKNOWN,
          WITHDRAWAL_WAY_NOT_SET,
          WRONG_CONFIRMATION,
          BELOW_MINIMUM_INVESTMENT,
          REMAINDER_BELOW_MINIMUM,
          FEE_NOT_SET,
          CHANNEL_BANK_NOT_SET,
          START_AFTER_END,
          UNSUPPORTED_SOURCE ->
          new Words("2001", "上传数据有误");
    };
  }
}
