package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Accounts;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Member.Registration;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** All members. A member is always one of a merchant's; nobody finds another's. */
@Component
public final class Members {
  private final MemberRows rows;
  private final Decisions decisions;
  private final IdentityCheck identities;

  Members(MemberRows rows, Decisions decisions, IdentityCheck identities) {
    this.rows = rows;
    this.decisions = decisions;
    this.identities = identities;
  }

  public Optional<Member> find(Merchant merchant, String bizUserId) {
    return Forms.isMemberNumber(bizUserId) ? rows.find(merchant.id(), bizUserId) : Optional.empty();
  }

  /** The member of that number. */
  public Member require(Merchant merchant, String bizUserId) {
    return require(merchant, bizUserId, "bizUserId");
  }

  /** The member of that number, which the request has under another name. */
  public Member require(Merchant merchant, String bizUserId, String field) {
    return find(merchant, bizUserId).orElseThrow(() -> Refusal.of(Reason.MEMBER_UNKNOWN, field));
  }

  /** The member of that number, who is not locked. */
  public Member active(Merchant merchant, String bizUserId) {
    return require(merchant, bizUserId).requireActive();
  }

  /** The same, where the request has the number under another name. */
  public Member active(Merchant merchant, String bizUserId, String field) {
    return require(merchant, bizUserId, field).requireActive(field);
  }

  /** The member with that row id, which another row of ours names. */
  public Member byId(Merchant merchant, long id) {
    return rows.byId(merchant.id(), id)
        .orElseThrow(() -> new IllegalStateException("no member " + id));
  }

  /** A new member with an empty account in the application's account set. */
  public Member create(
      Merchant merchant, String bizUserId, MemberType type, Registration registration) {
    Member member =
        new Member(
            Ids.next(),
            merchant.id(),
            bizUserId,
            Ids.twentyDigits(),
            type,
            type == MemberType.PERSON ? MemberState.ACTIVE : MemberState.AWAITING_AUDIT,
            Ids.next(),
            registration,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            false,
            0);
    decisions.carryOut(
        Change.at(registration.at())
            .write(rows.insert(member))
            .write(
                Accounts.opening(
                    member.account(),
                    merchant.id(),
                    member.id(),
                    merchant.setting("accountSetNo"),
                    0))
            .build(),
        Map.of(MemberRows.ROW, Refusal.of(Reason.MEMBER_EXISTS, "bizUserId")));
    return member;
  }

  /**
   * Binds a member's first phone.
   *
   * @param code marks the code used that came back from the phone
   */
  public void bindPhone(Member member, Secret phone, RowWrite code, Instant now) {
    changePhone(member, phone, List.of(code), now, Refusal.of(Reason.PHONE_ALREADY_BOUND, "phone"));
  }

  /** Puts another phone in the place of the bound one. */
  public void changePhone(Member member, Secret phone, RowWrite code, Instant now) {
    changePhone(member, phone, List.of(code), now);
  }

  /**
   * Puts another phone in the place of the bound one.
   *
   * @param with what must be written with it: the used code, the news
   */
  public void changePhone(Member member, Secret phone, List<RowWrite> with, Instant now) {
    changePhone(member, phone, with, now, Refusal.of(Reason.BUSY));
  }

  private void changePhone(
      Member member, Secret phone, List<RowWrite> with, Instant now, Refusal overtaken) {
    decisions.carryOut(
        Change.at(now).write(rows.bindPhone(member, phone, now)).writeAll(with).build(),
        Map.of(MemberRows.ROW, overtaken, Codes.ROW, Refusal.of(Reason.WRONG_CODE)));
  }

  /** Has a person's name and identity number checked, and keeps them. */
  public void setRealName(
      Merchant merchant, Member member, Secret name, Secret identityNo, Instant now) {
    if (member.realNamed()) {
      throw Refusal.of(Reason.ALREADY_REAL_NAMED, "bizUserId");
    }
    switch (identities.person(merchant, name, identityNo)) {
      case AGREES -> {}
      case DIFFERS -> throw Refusal.of(Reason.REAL_NAME_MISMATCH, "name");
      case UNKNOWN -> throw Refusal.of(Reason.BUSY);
    }
    decisions.carryOut(
        Change.at(now).write(rows.setRealName(member, name, identityNo, now)).build(),
        Map.of(MemberRows.ROW, Refusal.of(Reason.ALREADY_REAL_NAMED, "bizUserId")));
  }

  /** Locks a member and the account; nothing is paid, received or opened until it is unlocked. */
  public void lock(Member member, Instant now) {
    lock(member, true, now, Refusal.of(Reason.MEMBER_LOCKED, "bizUserId"));
  }

  public void unlock(Member member, Instant now) {
    lock(member, false, now, Refusal.of(Reason.MEMBER_ALREADY_ACTIVE, "bizUserId"));
  }

  private void lock(Member member, boolean locked, Instant now, Refusal already) {
    decisions.carryOut(
        Change.at(now)
            .move(new Movement.Lock(member.account(), locked))
            .write(rows.lock(member, locked))
            .write(rows.rememberLock(member, locked, now))
            .build(),
        Map.of(MemberRows.ROW, already));
  }
}
