package io.tongbao.server.member;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person or a company whose money a merchant's application keeps here. Escrow specification §4.1.
 *
 * @param bizUserId the merchant's own number of the member
 * @param userNo the platform's number of the member
 * @param account the ledger account: (merchant, this member, the application's account set)
 * @param phone the bound phone
 * @param phoneChangedAt when it took the place of another; null for the first
 * @param name the real name; absent until the identity is checked
 * @param identityNo the identity number that goes with it
 * @param companySet whether a company has said what it is
 * @param passwordSet whether there is a payment password
 * @param payFailures how often a payment password was wrong since it was last right
 */
public record Member(
    long id,
    int merchantId,
    String bizUserId,
    String userNo,
    MemberType type,
    MemberState state,
    long account,
    Registration registration,
    @Nullable Secret phone,
    @Nullable Instant phoneBoundAt,
    @Nullable Instant phoneChangedAt,
    @Nullable Secret name,
    @Nullable Secret identityNo,
    @Nullable Instant realNamedAt,
    boolean companySet,
    boolean passwordSet,
    int payFailures) {

  /**
   * How a member came.
   *
   * @param source the terminal: 1 mobile, 2 PC
   * @param ip the address that the merchant's request came from
   */
  public record Registration(int source, String ip, Instant at) {}

  public boolean isCompany() {
    return type == MemberType.COMPANY;
  }

  public boolean realNamed() {
    return name != null;
  }

  /** This member, who is not locked. */
  public Member requireActive() {
    return requireActive("bizUserId");
  }

  /** This member, who is not locked; the request names him in {@code field}. */
  Member requireActive(String field) {
    if (state == MemberState.LOCKED) {
      throw Refusal.of(Reason.MEMBER_LOCKED, field);
    }
    return this;
  }

  /** This member, who is of the kind asked for. */
  public Member requireType(MemberType wanted) {
    if (type != wanted) {
      throw Refusal.of(Reason.WRONG_MEMBER_TYPE, "bizUserId");
    }
    return this;
  }

  /** This member, whom the audit desk has passed if it is a company. */
  public Member requireAudited() {
    if (isCompany() && !companySet) {
      throw Refusal.of(Reason.COMPANY_NOT_SET, "bizUserId");
    }
    if (state == MemberState.AWAITING_AUDIT || state == MemberState.AUDIT_FAILED) {
      throw Refusal.of(Reason.MEMBER_UNAVAILABLE, "bizUserId");
    }
    return this;
  }

  /** This member, whose real name is known. */
  public Member requireRealName() {
    if (!realNamed()) {
      throw Refusal.of(Reason.NOT_REAL_NAMED, "bizUserId");
    }
    return this;
  }

  /** This member, of whom the platform knows who it is: a person by name, a company by audit. */
  public Member requireProved() {
    return isCompany() ? requireAudited() : requireRealName();
  }

  /** The bound phone, without which nobody opens an order. */
  public Secret requirePhone() {
    requireAudited();
    if (phone == null) {
      throw Refusal.of(Reason.PHONE_NOT_BOUND, "bizUserId");
    }
    return phone;
  }

  /** Refuses a name or identity number that is not the one this member proved. */
  public void requireIdentity(Secret otherName, Secret otherIdentityNo) {
    requireRealName();
    if (name == null
        || !name.equals(otherName)
        || identityNo == null
        || !identityNo.equals(otherIdentityNo)) {
      throw Refusal.of(Reason.REAL_NAME_MISMATCH, "name");
    }
  }
}
