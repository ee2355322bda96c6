package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.member.Card;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Member;
import java.util.Comparator;
import org.springframework.stereotype.Component;

/** The card that a member bound last; its whole number helps to reset a password. §4.1.25. */
@Component
final class LastCards {
  private final Cards cards;

  LastCards(Cards cards) {
    this.cards = cards;
  }

  Card of(Member member) {
    return cards.all(member).stream()
        .max(Comparator.comparing(Card::boundAt))
        .orElseThrow(() -> Refusal.of(Reason.CARD_UNKNOWN, "bizUserId"));
  }
}
