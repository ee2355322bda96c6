package io.tongbao.client.escrow;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an order is paid with: one way, or several with {@link #and}. Specification §5.2; {@code
 * parts} is the payMethod object as it goes out.
 */
public record Payment(@JsonValue Map<String, Object> parts) {
  private static final String TEST_BANK = "vbank";
  private static final int PERSONAL_DEBIT = 1;

  public Payment {
    parts = Map.copyOf(parts);
  }

  /** 账户余额. */
  public static Payment balance(String accountSet, Money amount) {
    return one("BALANCE", List.of(Map.of("accountSetNo", accountSet, "amount", amount)));
  }

  /** 实名付, from a card bound with four elements or for 实名付. */
  public static Payment realNamePay(Secret card, Money amount) {
    return one("REALNAMEPAY", Map.of("bankCardNo", card, "amount", amount));
  }

  /** 网关支付 at the test bank. */
  public static Payment testBank(Money amount) {
    return gateway(TEST_BANK, PERSONAL_DEBIT, amount);
  }

  /** 网关支付; issuers of §6.17, types of §6.18. */
  public static Payment gateway(String bank, int type, Money amount) {
    return one("GATEWAY", Map.of("bankCode", bank, "payType", type, "amount", amount));
  }

  /** 通联通代付, the way of withdrawals. */
  public static Payment payout() {
    return one("WITHDRAW_TLT", Map.of("payTypeName", "withdraw_tlt"));
  }

  /** Both together. */
  public Payment and(Payment other) {
    Map<String, Object> all = new LinkedHashMap<>(parts);
    all.putAll(other.parts);
    return new Payment(all);
  }

  private static Payment one(String way, Object value) {
    return new Payment(Map.of(way, value));
  }
}
