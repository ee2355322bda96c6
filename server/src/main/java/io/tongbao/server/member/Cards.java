package io.tongbao.server.member;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** All cards that are bound to members. Cards come by {@link Bindings}. */
@Component
public final class Cards {
  private final CardRows rows;
  private final MemberRows members;
  private final Decisions decisions;

  Cards(CardRows rows, MemberRows members, Decisions decisions) {
    this.rows = rows;
    this.members = members;
    this.decisions = decisions;
  }

  /** The member's bound card of that number. */
  public Optional<Card> find(Member member, Secret cardNo) {
    return rows.find(member, cardNo);
  }

  public Card require(Member member, Secret cardNo) {
    return find(member, cardNo).orElseThrow(() -> Refusal.of(Reason.CARD_UNKNOWN, "cardNo"));
  }

  /** The member's bound cards, the oldest first. */
  public List<Card> all(Member member) {
    return rows.all(member);
  }

  /** The card with that row id, bound or not, which another row of ours names. */
  public Card byId(Merchant merchant, long id) {
    return rows.byId(merchant.id(), id)
        .orElseThrow(() -> new IllegalStateException("no card " + id));
  }

  /**
   * The bound card that money may be withdrawn or disbursed to: a debit card; a company's only when
   * the audit desk has passed it; the safe card where there is one, or where the merchant's setting
   * {@code withdraw.safeCardOnly} asks for one. Escrow specification §4.1.10, §4.1.15, §4.2.3.
   */
  public Card requirePayable(Merchant merchant, Member member, Secret cardNo) {
    return requirePayable(merchant, member, card -> card.number().equals(cardNo));
  }

  /** The same card when the money leaves: it may be unbound by now, or another be the safe one. */
  public Card requirePayable(Merchant merchant, Member member, long id) {
    return requirePayable(merchant, member, card -> card.id() == id);
  }

  private Card requirePayable(Merchant merchant, Member member, Predicate<Card> named) {
    List<Card> all = all(member);
    Card card =
        all.stream()
            .filter(each -> named.test(each) && each.approval() == Audit.PASSED)
            .findFirst()
            .orElseThrow(() -> Refusal.of(Reason.CARD_UNKNOWN, "bankCardNo"));
    if (card.type() == CardType.CREDIT) {
      throw Refusal.of(Reason.CREDIT_CARD_NOT_SUPPORTED, "bankCardNo");
    }
    boolean must = merchant.allows("withdraw.safeCardOnly") && !member.isCompany();
    if (!card.safe() && (must || all.stream().anyMatch(Card::safe))) {
      throw Refusal.of(Reason.SAFE_CARD_REQUIRED, "bankCardNo");
    }
    return card;
  }

  /** The bound card that 实名付 may debit: four elements or more were checked. §5.2. */
  public Card requireDebitable(Member member, Secret cardNo) {
    return find(member, cardNo)
        .filter(Card::payable)
        .orElseThrow(() -> Refusal.of(Reason.CARD_UNKNOWN, "bankCardNo"));
  }

  /** The card with that row id when it is debited: it may be unbound by now. */
  public Card requireBound(Merchant merchant, long id) {
    return rows.boundById(merchant.id(), id)
        .orElseThrow(() -> Refusal.of(Reason.CARD_UNKNOWN, "bankCardNo"));
  }

  /** Unbinds a card; neither a safe card nor a company's goes this way. §4.1.17. */
  public void unbind(Card card, Instant now) {
    if (card.safe()) {
      throw Refusal.of(Reason.SAFE_CARD_NOT_UNBINDABLE, "cardNo");
    }
    if (card.personal()) {
      throw Refusal.of(Reason.CARD_UNBINDING_FAILED, "cardNo");
    }
    decisions.carryOut(
        Change.at(now).write(rows.unbind(card, now)).build(),
        Map.of(CardRows.ROW, Refusal.of(Reason.CARD_UNKNOWN, "cardNo")));
  }

  /** Makes a debit card the member's only card for withdrawals, for good. §4.1.15. */
  public void makeSafe(Member member, Card card, Instant now) {
    member.requireType(MemberType.PERSON);
    if (card.type() != CardType.DEBIT) {
      throw Refusal.of(Reason.SAFE_CARD_MUST_BE_DEBIT, "cardNo");
    }
    if (all(member).stream().anyMatch(Card::safe)) {
      throw Refusal.of(Reason.SAFE_CARD_EXISTS, "cardNo");
    }
    decisions.carryOut(
        Change.at(now).write(members.hold(member)).write(rows.makeSafe(card, now)).build(),
        Map.of(
            MemberRows.HELD,
            Refusal.of(Reason.MEMBER_LOCKED, "bizUserId"),
            CardRows.ROW,
            Refusal.of(Reason.SAFE_CARD_FAILED, "cardNo")));
  }

  /** What the audit desk says to a company's card in a person's name. */
  public void audit(Member company, boolean pass, Instant now) {
    Card waiting =
        all(company).stream()
            .filter(card -> card.approval() == Audit.PENDING)
            .findFirst()
            .orElseThrow(() -> Refusal.of(Reason.CARD_UNKNOWN, "cardNo"));
    decisions.carryOut(
        Change.at(now).write(rows.approve(waiting, pass, now)).build(),
        Map.of(CardRows.ROW, Refusal.of(Reason.CARD_UNKNOWN, "cardNo")));
  }
}
