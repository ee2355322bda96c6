package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Production's way to phones: random codes, and an operator's gateway that sends them. */
final class GatewayTexter implements Texter {
  private final Gateway gateway;

  GatewayTexter(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public String draw(Purpose purpose) {
    return Ids.digits(Codes.DIGITS);
  }

  @Override
  public List<RowWrite> writes(Merchant merchant, Text text) {
    return List.of();
  }

  @Override
  public void send(Merchant merchant, Text text) {
    Map<String, String> sms = Map.of("phone", text.phone().reveal(), "text", words(merchant, text));
    if (gateway.post(sms).isEmpty()) {
      throw Refusal.of(Refusal.Reason.BUSY, "phone");
    }
  }

  private static long minutes(Text text) {
    Instant expiresAt = text.expiresAt();
    return Duration.between(text.sentAt(), expiresAt == null ? text.sentAt() : expiresAt)
        .toMinutes();
  }

  private static String words(Merchant merchant, Text text) {
    Secret code = text.code();
    if (text.purpose() == Purpose.BALANCE_LOW) {
      return "【%s】%s：%s。".formatted(merchant.name(), text.purpose().label(), text.subject());
    }
    if (code == null) {
      return "【%s】%s。如非本人操作，请立即联系客服。".formatted(merchant.name(), text.purpose().label());
    }
    return "【%s】验证码 %s，用于%s，%d 分钟内有效，请勿告知他人。"
        .formatted(merchant.name(), code.reveal(), text.purpose().label(), minutes(text));
  }
}
