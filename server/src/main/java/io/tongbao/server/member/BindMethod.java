package io.tongbao.server.member;

import java.util.Set;

/** How a card is tied to a member: what the bank checked. Escrow specification §6.23. */
public enum BindMethod {
  /** 三要素: name, identity number, card number. */
  THREE_ELEMENTS,
  /** 四要素: and the phone that the bank knows, which answers a code. */
  FOUR_ELEMENTS,
  /** 实名付: four elements, and leave to debit the card. */
  VERIFY_PAY,
  /** 新移动: four elements, and a contract for payments with their own password. */
  QUICKPAY;

  /** §6.23: at most ten cards for 新移动. */
  private static final long MOST_QUICKPAY = 10;

  /** Whether this binding adds something to a card that is bound in the ways of {@code had}. */
  boolean adds(Set<BindMethod> had) {
    return switch (this) {
      case THREE_ELEMENTS -> had.isEmpty();
      case FOUR_ELEMENTS -> had.isEmpty() || had.equals(Set.of(THREE_ELEMENTS));
      case VERIFY_PAY, QUICKPAY -> !had.contains(this);
    };
  }

  /** How many cards of a member may be bound in this way. */
  long most() {
    return this == QUICKPAY ? MOST_QUICKPAY : Long.MAX_VALUE;
  }

  /** What the code for a binding of this kind is for. */
  Purpose purpose() {
    return switch (this) {
      case THREE_ELEMENTS, FOUR_ELEMENTS -> Purpose.BIND_CARD;
      case VERIFY_PAY -> Purpose.BIND_CARD_BY_VERIFY_PAY;
      case QUICKPAY -> Purpose.BIND_QUICKPAY_CARD;
    };
  }
}
