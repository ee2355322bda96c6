package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How cards come to members: checked by the bank, and, where a phone is part of what was checked,
 * confirmed with a code from that phone. Escrow specification §4.1.10 to §4.1.14, §6.23.
 *
 * <p>A person's card is in the person's own real name. A company that the audit desk has passed may
 * have one card in some person's name, which waits for the audit desk in its turn.
 */
@Component
public final class Bindings {
  /** How many cards a member may have; the merchant's setting {@code cards.most} says otherwise. */
  public static final long MOST_CARDS = 50;

  private final CardRows cards;
  private final CardApplicationRows applications;
  private final MemberRows members;
  private final CardBins bins;
  private final IdentityCheck identities;
  private final Codes codes;
  private final Decisions decisions;

  Bindings(
      CardRows cards,
      CardApplicationRows applications,
      MemberRows members,
      CardBins bins,
      IdentityCheck identities,
      Codes codes,
      Decisions decisions) {
    this.cards = cards;
    this.applications = applications;
    this.members = members;
    this.bins = bins;
    this.identities = identities;
    this.codes = codes;
    this.decisions = decisions;
  }

  /** What is known of the card that is to be bound, or the refusal of a card that is not known. */
  public CardBin bin(Secret number) {
    return bins.find(number).orElseThrow(() -> Refusal.of(Reason.CARD_BINDING_FAILED, "cardNo"));
  }

  /** Binds a card whose phone nobody asked for. */
  public Card bind(Merchant merchant, Member member, CardClaim claim, Instant now) {
    return commit(merchant, member, claim, check(merchant, member, claim), List.of(), now);
  }

  /** Sends a code to the card's phone; the card is bound when the code comes back. */
  public CardApplication apply(Merchant merchant, Member member, CardClaim claim, Instant now) {
    Secret phone = claim.phone();
    if (phone == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "phone");
    }
    CardBin bin = check(merchant, member, claim);
    CardApplication application =
        new CardApplication(
            Ids.next(),
            merchant.id(),
            member.id(),
            Ids.twentyDigits(),
            now,
            claim.number(),
            claim.holder(),
            claim.holderIdentity(),
            phone,
            bin.bankCode(),
            bin.bankName(),
            bin.type(),
            claim.unionBank(),
            claim.method(),
            claim.safe(),
            false);
    Codes.Draft code =
        codes.draft(merchant, member, phone, claim.method().purpose(), application.number(), now);
    decisions.carryOut(
        Change.at(now).write(applications.insert(application)).writeAll(code.writes()).build(),
        Codes.Draft.conflicts());
    codes.deliver(merchant, code.text());
    return application;
  }

  /** The member's application of that number. */
  public CardApplication require(Member member, String number) {
    return Optional.of(number)
        .filter(Forms::isDrawnNumber)
        .flatMap(drawn -> applications.find(member, drawn))
        .orElseThrow(() -> Refusal.of(Reason.CARD_UNKNOWN, "tranceNum"));
  }

  /** Binds the card that was applied for, when the code is the one that was sent. */
  public void confirm(
      Merchant merchant, Member member, CardApplication application, String code, Instant now) {
    if (application.confirmed()) {
      throw Refusal.of(Reason.CARD_ALREADY_BOUND, "tranceNum");
    }
    CardClaim claim =
        new CardClaim(
            application.method(),
            application.holder(),
            application.holderIdentity(),
            application.cardNo(),
            application.phone(),
            null,
            null,
            application.safe(),
            application.unionBank());
    CardBin bin = bin(application.cardNo());
    requireRoom(member, claim, bin);
    RowWrite used =
        codes.redeem(
            merchant,
            member,
            application.phone(),
            application.method().purpose(),
            application.number(),
            code,
            now);
    List<RowWrite> with = List.of(used, applications.confirm(application, now));
    commit(merchant, member, claim, bin, with, now);
  }

  /** Deletes applications that nobody confirmed in time; answers how many. */
  int forget(Merchant merchant, Instant before) {
    return applications.forget(merchant.id(), before);
  }

  private CardBin check(Merchant merchant, Member member, CardClaim claim) {
    requirePermission(merchant, member, claim.method());
    requireOwner(member, claim);
    CardBin bin = bin(claim.number());
    if (bin.type() == CardType.CREDIT && claim.safe()) {
      throw Refusal.of(Reason.SAFE_CARD_MUST_BE_DEBIT, "isSafeCard");
    }
    if (!bin.direct() && claim.unionBank() == null) {
      throw Refusal.of(Reason.MISSING_FIELD, "unionBank");
    }
    requireRoom(member, claim, bin);
    requireAgreement(merchant, member, claim);
    return bin;
  }

  private static void requirePermission(Merchant merchant, Member member, BindMethod method) {
    if (method == BindMethod.THREE_ELEMENTS
        && "false".equals(merchant.settings().get("bind.threeElements"))) {
      throw Refusal.of(Reason.THREE_ELEMENTS_NOT_ENABLED, "cardCheck");
    }
    if (method == BindMethod.QUICKPAY) {
      if (!merchant.allows("bind.quickpay")) {
        throw Refusal.of(Reason.NOT_PERMITTED, "cardCheck");
      }
      member.requireType(MemberType.PERSON);
    }
  }

  private static void requireOwner(Member member, CardClaim claim) {
    if (member.isCompany()) {
      member.requireAudited();
      return;
    }
    member.requireIdentity(claim.holder(), claim.holderIdentity());
  }

  private void requireRoom(Member member, CardClaim claim, CardBin bin) {
    List<Card> all = cards.all(member);
    Optional<Card> same =
        all.stream().filter(card -> card.number().equals(claim.number())).findFirst();
    if (same.isPresent() && !claim.method().adds(same.get().methods())) {
      throw Refusal.of(Reason.CARD_ALREADY_BOUND, "cardNo");
    }
    if (member.isCompany() && same.isEmpty() && !all.isEmpty()) {
      throw Refusal.of(Reason.CARD_BINDING_FAILED, "cardNo");
    }
    if (all.stream().filter(card -> card.methods().contains(claim.method())).count()
        >= claim.method().most()) {
      throw Refusal.of(Reason.CARD_BINDING_FAILED, "cardNo");
    }
    if (claim.safe()) {
      member.requireType(MemberType.PERSON);
      if (bin.type() == CardType.CREDIT) {
        throw Refusal.of(Reason.SAFE_CARD_MUST_BE_DEBIT, "isSafeCard");
      }
      if (all.stream().anyMatch(Card::safe)) {
        throw Refusal.of(Reason.SAFE_CARD_EXISTS, "isSafeCard");
      }
    }
  }

  private void requireAgreement(Merchant merchant, Member member, CardClaim claim) {
    if (member.isCompany()) {
      switch (identities.person(merchant, claim.holder(), claim.holderIdentity())) {
        case AGREES -> {}
        case DIFFERS -> throw Refusal.of(Reason.IDENTITY_REFUSED, "name");
        case UNKNOWN -> throw Refusal.of(Reason.BUSY);
      }
    }
    switch (identities.card(merchant, claim)) {
      case AGREES -> {}
      case DIFFERS -> throw Refusal.of(Reason.CARD_BINDING_FAILED, "cardNo");
      case UNKNOWN -> throw Refusal.of(Reason.BUSY);
    }
  }

  private static Card card(Member member, CardClaim claim, CardBin bin, Instant now) {
    return new Card(
        Ids.next(),
        member.merchantId(),
        member.id(),
        claim.number(),
        claim.holder(),
        claim.holderIdentity(),
        claim.phone(),
        bin.bankCode(),
        bin.bankName(),
        bin.type(),
        claim.unionBank(),
        claim.method(),
        Set.of(claim.method()),
        claim.safe(),
        member.isCompany() ? Audit.PENDING : Audit.PASSED,
        member.isCompany(),
        now);
  }

  private Card commit(
      Merchant merchant,
      Member member,
      CardClaim claim,
      CardBin bin,
      List<RowWrite> more,
      Instant now) {
    Card card = card(member, claim, bin, now);
    Optional<Card> had = cards.find(member, card.number());
    List<RowWrite> writes = new ArrayList<>();
    writes.add(members.hold(member));
    writes.add(write(merchant, card, had.orElse(null)));
    writes.addAll(more);
    try {
      decisions.carryOut(Change.at(now).writeAll(writes).build(), conflicts(had.isPresent()));
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.CARD_BINDING_FAILED) {
        // Somebody was quicker. What he bound says better why there is no room.
        requireRoom(member, claim, bin);
      }
      throw refusal;
    }
    return card;
  }

  private static Map<String, Refusal> conflicts(boolean boundBefore) {
    return Map.of(
        MemberRows.HELD,
        Refusal.of(Reason.MEMBER_LOCKED, "bizUserId"),
        CardRows.ROW,
        Refusal.of(boundBefore ? Reason.CARD_ALREADY_BOUND : Reason.CARD_BINDING_FAILED, "cardNo"),
        CardApplicationRows.ROW,
        Refusal.of(Reason.CARD_ALREADY_BOUND, "tranceNum"),
        Codes.ROW,
        Refusal.of(Reason.WRONG_CODE));
  }

  private RowWrite write(Merchant merchant, Card card, @Nullable Card had) {
    if (had == null) {
      return cards.insert(card, merchant.number("cards.most", MOST_CARDS));
    }
    return cards.addMethod(
        had, card.method(), card.phone(), card.unionBank(), card.safe(), card.boundAt());
  }
}
