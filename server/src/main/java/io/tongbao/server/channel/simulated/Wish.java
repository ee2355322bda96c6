package io.tongbao.server.channel.simulated;

import io.tongbao.server.channel.ChannelRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a payee's account wishes for, such as {@code _risk}: the refusals of Alipay and
 * WeChat with the payout face's numbers, and a red packet that nobody takes. See SANDBOX.
 */
enum Wish {
  ERR("ALIPAY", "261", "支付宝账号错误"),
  NAME("ALIPAY", "262", "支付宝账号与姓名不匹配"),
  LIMIT("ALIPAY", "266", "支付宝账号受限"),
  WRONG("WXPAY", "271", "微信账号错误"),
  RISK("WXPAY", "273", "此请求可能存在风险，已被微信拦截"),
  OVER("WXPAY", "274", "该用户今日领取红包个数超过限额"),
  MISMATCH("WXPAY", "277", "OpenID和AppID不匹配"),
  FREQ("WXPAY", "278", "微信红包超过频率限制，请稍后重试"),
  UNCLAIMED("WXPAY", "", "");

  private static final String PLAIN = "REFUSED";

  private final String channel;
  private final String code;
  private final String reason;

  Wish(String channel, String code, String reason) {
    this.channel = channel;
    this.code = code;
    this.reason = reason;
  }

  static Optional<Wish> of(ChannelRequest request) {
    String tail = request.facts().getOrDefault("tail", "").toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each.name().equals(tail) && each.channel.equals(request.channel()))
        .findFirst();
  }

  /** Why the payee's bank or wallet refuses; null where it does not. */
  @Nullable String refusal() {
    return code.isEmpty() ? null : reason;
  }

  /** The number that goes with a refusal's words. */
  static String code(String reason) {
    return Arrays.stream(values())
        .filter(each -> !each.code.isEmpty() && each.reason.equals(reason))
        .map(each -> each.code)
        .findFirst()
        .orElse(PLAIN);
  }
}
