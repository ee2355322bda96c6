package io.tongbao.server.escrow.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.order.Tender;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The banks whose pages 网关支付 leads to, and the ways of paying there. §6.17, §6.18. */
final class GatewayBanks {
  /** 测试环境下，请传 vbank. */
  private static final String TEST_BANK = "vbank";

  /** 移动认证支付, gone from the dictionary since version 1.17. */
  private static final long MOBILE_CERTIFICATE = 27;

  private static final Set<Long> PAY_TYPES = Set.of(1L, 11L, 4L);

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry(TEST_BANK, "测试银行"),
          Map.entry("cmb", "招商银行"),
          Map.entry("chinapay", "银联电子商务"),
          Map.entry("icbc", "中国工商银行"),
          Map.entry("ccb", "中国建设银行"),
          Map.entry("abc", "中国农业银行"),
          Map.entry("cmbc", "中国民生银行"),
          Map.entry("spdb", "上海浦东发展银行"),
          Map.entry("sdb", "深圳发展银行"),
          Map.entry("hxb", "华夏银行"),
          Map.entry("cgb", "广东发展银行"),
          Map.entry("cib", "兴业银行"),
          Map.entry("ceb", "光大银行"),
          Map.entry("bob", "北京银行"),
          Map.entry("comm", "交通银行"),
          Map.entry("boc", "中国银行"),
          Map.entry("citic", "中信银行"),
          Map.entry("bos", "上海银行"),
          Map.entry("pingan", "平安银行"),
          Map.entry("psbc", "邮政储蓄"),
          Map.entry("egb", "恒丰银行"),
          Map.entry("aps", "APS"),
          Map.entry("telshx", "陕西 IVR"),
          Map.entry("aps-citic", "中信银行便捷付"));

  private GatewayBanks() {}

  /** The tender that a GATEWAY member asks for. */
  static Tender tender(PayMethod.Gateway gateway) {
    if (!NAMES.containsKey(gateway.bankCode())) {
      throw Refusal.of(Reason.UNKNOWN_BANK, "payMethod.GATEWAY.bankCode");
    }
    if (gateway.payType() == MOBILE_CERTIFICATE) {
      throw Refusal.of(Reason.PAYMENT_NOT_PERMITTED, "payMethod.GATEWAY.payType");
    }
    if (!PAY_TYPES.contains(gateway.payType())) {
      throw Refusal.of(Reason.BAD_FIELD, "payMethod.GATEWAY.payType");
    }
    return new Tender.Gateway(
        gateway.bankCode(), Math.toIntExact(gateway.payType()), gateway.amount());
  }

  /** What the payer calls the bank. */
  static String name(@Nullable String bankCode) {
    return bankCode == null ? "银行" : NAMES.getOrDefault(bankCode, "银行");
  }
}
