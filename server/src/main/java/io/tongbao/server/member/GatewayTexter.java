package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Outgoing.Way;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Production's way to phones: random codes, and an operator's gateway that sends them. */
final class GatewayTexter implements Texter {
  /** How long it is worth telling what is no code. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final Outbox outbox;

  GatewayTexter(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public String draw(Purpose purpose) {
    return Ids.digits(Codes.DIGITS);
  }

  /** A code leaves as long as it lives, and not after a newer one for the same. */
  @Override
  public List<RowWrite> writes(Merchant merchant, Text text) {
    Instant expiresAt = Objects.requireNonNullElse(text.expiresAt(), text.sentAt().plus(KEPT));
    return List.of(
        outbox.writeTried(
            merchant, outgoing(merchant, text), topic(text), text.sentAt(), expiresAt));
  }

  @Override
  public void send(Merchant merchant, Text text) {
    if (!outbox.first(merchant, outgoing(merchant, text), text.sentAt())) {
      throw Refusal.of(Refusal.Reason.BUSY, "phone");
    }
  }

  private static Outgoing outgoing(Merchant merchant, Text text) {
    String phone = text.phone().reveal();
    return new Outgoing(text.id(), Way.SMS, Map.of("phone", phone, "text", words(merchant, text)));
  }

  private static @Nullable String topic(Text text) {
    return text.code() == null
        ? null
        : String.join(
            " ", text.phone().reveal(), text.purpose().name(), text.topic(), text.subject());
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
