package io.tongbao.server.order;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.Purpose;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one-time codes that confirm orders. A code of 实名付 or 新移动快捷 goes to the phone that the card's
 * bank knows, every other to the member's bound phone; whoever pays at a bank's page, at a terminal
 * or in his wallet proves himself there and gets none. A code is bound to its order. Specification
 * escrow §5.2.
 */
@Component
final class PaymentCodes {
  private record Target(Secret phone, Purpose purpose) {}

  private final Codes codes;
  private final Cards cards;

  PaymentCodes(Codes codes, Cards cards) {
    this.codes = codes;
    this.cards = cards;
  }

  /** The code that a new order needs, if any. Its writes belong into the order's own commit. */
  Optional<Codes.Draft> draft(Merchant merchant, Member payer, Order order, List<Part> parts) {
    if (!needsCode(order, parts)) {
      return Optional.empty();
    }
    Target target = target(merchant, payer, parts);
    return Optional.of(
        codes.draft(
            merchant, payer, target.phone(), target.purpose(), order.orderNo(), order.createdAt()));
  }

  /** Brings a prepared code on its way, after its writes are durable. The order stands by then. */
  void send(Merchant merchant, Codes.Draft sending) {
    codes.tell(merchant, sending.text());
  }

  static boolean needsCode(Order order, List<Part> parts) {
    return QuickPay.of(parts)
        .map(QuickPay::code)
        .orElse(order.confirmation() == Confirmation.SMS_CODE && !isElsewhere(parts));
  }

  /** Whether all of it is paid where somebody else asks for a proof. */
  private static boolean isElsewhere(List<Part> parts) {
    return !parts.isEmpty() && parts.stream().map(Part::way).allMatch(Way::isPaidElsewhere);
  }

  /** The write that marks the code used; counts the try at once and refuses a wrong code. */
  RowWrite redeem(
      Merchant merchant,
      Member payer,
      Order order,
      List<Part> parts,
      @Nullable String code,
      Instant now) {
    if (code == null || code.isEmpty()) {
      throw Refusal.of(Reason.MISSING_FIELD, "verificationCode");
    }
    Target target = target(merchant, payer, parts);
    return codes.redeem(
        merchant, payer, target.phone(), target.purpose(), order.orderNo(), code, now);
  }

  private Target target(Merchant merchant, Member payer, List<Part> parts) {
    for (Part part : parts) {
      Optional<Purpose> atBank = atBank(part.way());
      Long card = part.card();
      if (card != null && atBank.isPresent()) {
        return new Target(cardPhone(cards.byId(merchant, card), part.way()), atBank.get());
      }
    }
    return new Target(payer.requirePhone(), Purpose.PAY);
  }

  /** What a code to the phone that the card's bank knows is for; empty where there is none. */
  private static Optional<Purpose> atBank(Way way) {
    return switch (way) {
      case REALNAMEPAY, REALNAMEPAY_BATCH -> Optional.of(Purpose.PAY_BY_VERIFY_PAY);
      case QUICKPAY_N -> Optional.of(Purpose.PAY_BY_QUICKPAY);
      case GATEWAY,
          POSPAY,
          WITHHOLD_TLT,
          WECHATPAY_APP,
          SCAN_WEIXIN,
          SCAN_ALIPAY,
          WECHAT_PUBLIC,
          ALIPAY_SERVICE,
          QQ_WALLET,
          CODEPAY_W,
          CODEPAY_A,
          CODEPAY_Q,
          BALANCE,
          COUPON,
          COUPONLIST,
          WITHDRAW_TLT ->
          Optional.empty();
    };
  }

  private static Secret cardPhone(Card card, Way way) {
    Secret phone = card.phone();
    if (phone == null) {
      throw Refusal.of(Reason.RULE_LIMIT, "payMethod." + way + ".bankCardNo");
    }
    return phone;
  }
}
