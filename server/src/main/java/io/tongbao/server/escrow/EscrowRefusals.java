package io.tongbao.server.escrow;

import io.tongbao.kernel.Refusal;

/** What a refusal is called on the escrow face: code and words. Specification §7. */
public final class EscrowRefusals {
  private static final int LONGEST_SUBJECT = 64;

  /**
   * A refusal as the merchant reads it.
   *
   * @param code errorCode
   * @param message in Chinese, with the field's wire name where there is one
   */
  public record Words(String code, String message) {}

  private EscrowRefusals() {}

  public static Words words(Refusal refusal) {
    Words words = words(refusal.reason());
    String subject = refusal.subject();
    return subject.isEmpty() || subject.length() > LONGEST_SUBJECT
        ? words
        : new Words(words.code(), words.message() + "：" + subject);
  }

  /** The table of §7. Reasons that it has no number for share those of 其他错误. */
  private static Words words(Refusal.Reason reason) {
    return switch (reason) {
      case MALFORMED -> new Words("10000", "报文格式错误");
      case TOO_LARGE -> new Words("10000", "报文超过长度限制");
      case MISSING_FIELD -> new Words("10001", "参数不能为空");
      case BAD_FIELD -> new Words("10000", "参数错误");
      case BAD_AMOUNT -> new Words("10000", "金额格式错误，应为以分为单位的整数");
      case NEGATIVE_AMOUNT -> new Words("10000", "金额不能小于 0");
      case UNKNOWN_MERCHANT -> new Words("20000", "应用不存在");
      case SOURCE_NOT_ALLOWED -> new Words("20003", "应用没有权限使用此接口，来源地址未登记");
      case BAD_SIGNATURE -> new Words("51003", "签名验证失败");
      case STALE_TIMESTAMP -> new Words("10000", "参数错误：timestamp 与平台时间相差超过 10 分钟");
      case MESSAGE_USED -> new Words("51003", "签名验证失败：该报文已用于其他接口");
      case DECRYPTION_FAILED -> new Words("51001", "解密失败");
      case UNKNOWN_OPERATION -> new Words("10000", "参数错误：没有此接口");
      case NOT_PERMITTED -> new Words("20003", "应用没有权限使用此接口");
      case BUSY -> new Words("9000", "系统繁忙，请稍后以相同报文重试");
      case INTERNAL -> new Words("9100", "未知错误，请查询确认结果");
      case B2C_NOT_ENABLED -> new Words("20001", "应用没有开通 B2C 模式");
      case TRANSFER_NOT_ENABLED -> new Words("20002", "应用没有开通跨应用转账");
      case PASSWORD_CONFIRMATION_NOT_ENABLED -> new Words("20004", "用户没有开通密码确认支付");
      case THREE_ELEMENTS_NOT_ENABLED -> new Words("20005", "用户没有开通三要素绑卡");
      case MEMBER_EXISTS -> new Words("30000", "用户已经存在");
      case MEMBER_UNKNOWN -> new Words("30001", "用户不存在");
      case MEMBER_LOCKED -> new Words("30002", "用户已经被锁");
      case MEMBER_ALREADY_ACTIVE -> new Words("30003", "用户已经激活");
      case WRONG_MEMBER_TYPE -> new Words("30006", "用户类型不正确");
      case ALREADY_REAL_NAMED -> new Words("30007", "用户已经实名认证");
      case NOT_REAL_NAMED -> new Words("30008", "用户还未实名认证");
      case REAL_NAME_MISMATCH -> new Words("30009", "验证实名信息失败");
      case IDENTITY_REFUSED -> new Words("30012", "身份证验证失败");
      case CARD_BINDING_FAILED -> new Words("30014", "绑定银行卡失败");
      case CARD_UNBINDING_FAILED -> new Words("30015", "解绑银行卡失败");
      case CARD_UNKNOWN -> new Words("30016", "银行卡绑定记录不存在");
      case CARD_ALREADY_BOUND -> new Words("30017", "该银行卡已绑定");
      case WRONG_ACCOUNT_SET -> new Words("30018", "账户集错误");
      case ACCOUNT_SET_UNKNOWN -> new Words("30019", "账户集不存在");
      case PHONE_NOT_BOUND -> new Words("30021", "未绑定手机");
      case MEMBER_UNAVAILABLE -> new Words("30022", "用户不可用");
      case COMPANY_ALREADY_AUDITED -> new Words("30023", "企业会员已审核");
      case PHONE_ALREADY_BOUND -> new Words("30024", "已绑定手机");
      case SAFE_CARD_MUST_BE_DEBIT -> new Words("30025", "安全卡必需是借记卡");
      case SAFE_CARD_EXISTS -> new Words("30026", "安全卡已存在");
      case SAFE_CARD_NOT_UNBINDABLE -> new Words("30027", "安全卡不可解绑");
      case SAFE_CARD_FAILED -> new Words("30028", "设置安全卡失败");
      case SAFE_CARD_REQUIRED -> new Words("30029", "未设置安全卡不能提现");
      case COMPANY_NOT_SET -> new Words("30030", "未设置企业信息");
      case PASSWORD_ALREADY_SET -> new Words("30031", "支付密码已设置");
      case PASSWORD_NOT_SET -> new Words("30032", "支付密码未设置");
      case PASSWORD_LOCKED -> new Words("30033", "支付密码错误超限制");
      case WRONG_PASSWORD -> new Words("9000", "支付密码错误，剩余次数");
      case WRONG_CODE -> new Words("50001", "验证码错误");
      case CODE_TOO_SOON -> new Words("9000", "验证码发送过于频繁，请稍后再试");
      case UNSUPPORTED_IDENTITY_TYPE -> new Words("50002", "不支持的证件类型");
      case BAD_IDENTITY_DATA -> new Words("30012", "身份证验证失败");
      case WRONG_CARD -> new Words("30014", "绑定银行卡失败");
      case ORDER_UNKNOWN -> new Words("40000", "订单不存在");
      case ORDER_CLOSED -> new Words("40001", "订单已经关闭");
      case ORDER_WRONG -> new Words("40002", "订单错误");
      case ORDER_EXPIRED -> new Words("40003", "订单已过期");
      case ORDER_NOT_UNPAID -> new Words("40004", "订单不是未支付状态");
      case PARTS_DO_NOT_ADD_UP -> new Words("40005", "订单金额和支付金额不一致");
      case PAYMENT_FAILED -> new Words("40006", "支付失败");
      case PAYMENT_TIMED_OUT -> new Words("40007", "支付超时");
      case QUICKPAY_WITH_GATEWAY -> new Words("40008", "快捷和网关不可同时使用");
      case NO_CHANNEL -> new Words("40009", "没有可用的支付通道");
      case TRADE_TYPE_UNKNOWN -> new Words("40010", "交易类型不存在");
      case RESERVE_SHORT -> new Words("40011", "准备金账户手续费不足");
      case CREDIT_CARD_NOT_SUPPORTED -> new Words("40012", "不支持信用卡");
      case GOODS_ENTRY_FAILED -> new Words("40013", "商品录入失败");
      case INSUFFICIENT_BALANCE -> new Words("40014", "账户余额不足");
      case RULE_LIMIT -> new Words("40015", "交易规则限制");
      case FEE_OVER_AMOUNT -> new Words("40016", "手续费大于金额");
      case ORDER_EXISTS -> new Words("40017", "订单已经存在");
      case WRONG_ORDER_TYPE -> new Words("40018", "订单类型错误");
      case WRONG_ORDER_STATE -> new Words("40019", "订单状态错误");
      case WRONG_ORDER_AMOUNT -> new Words("40020", "订单金额错误");
      case STRONG_REAL_NAME_FAILED -> new Words("40021", "强实名认证错误");
      case ORDER_OF_ANOTHER_MEMBER -> new Words("40022", "订单和用户不匹配");
      case GOODS_OVERSUBSCRIBED -> new Words("40023", "标的超额");
      case GOODS_UNKNOWN -> new Words("40024", "标的商品不存在");
      case CHANNEL_NOT_CONFIGURED -> new Words("40025", "应用的支付通道配置不存在");
      case PAYMENT_NOT_PERMITTED -> new Words("40026", "没有支付权限");
      case WITHDRAWAL_WAY_NOT_SET -> new Words("40027", "没有设置提现支付方式");
      case WRONG_CONFIRMATION -> new Words("40028", "确认方式类型错误");
      case BELOW_MINIMUM_INVESTMENT -> new Words("40029", "投资金额小于最小起投金额");
      case REMAINDER_BELOW_MINIMUM -> new Words("40030", "末笔可投金额将小于最小起投金额");
      case FEE_NOT_SET -> new Words("40031", "手续费未设置");
      case CHANNEL_BANK_NOT_SET -> new Words("40032", "通道银行未设置");
      case START_AFTER_END -> new Words("50003", "开始时间不能大于结束时间");
      case UNSUPPORTED_SOURCE -> new Words("50004", "不支持的请求来源");
      case UNKNOWN_BANK -> new Words("50005", "银行代码错误");
      case BROKER_UNKNOWN -> new Words("20000", "应用不存在");
      case FILE_NOT_READY -> new Words("10000", "对账文件尚未生成，请于次日 11:00 后获取");
    };
  }
}
