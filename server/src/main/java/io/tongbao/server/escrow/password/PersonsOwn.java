package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.escrow.password.PasswordPage.Entered;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.MemberType;
import io.tongbao.server.member.Members;
import io.tongbao.server.member.PasswordKind;
import io.tongbao.server.member.Passwords;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.News;
import io.tongbao.server.notice.NoticeUrls;
import io.tongbao.wire.escrow.EscrowReturn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mechanism of the pages about a person's own password and phone: only his own identity opens
 * them, what was done uses the visit up and becomes news in the same commit, and the browser brings
 * the merchant a signed result. Specification §4.1.20 to §4.1.23.
 */
@Component
final class PersonsOwn {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Who a merchant's message says the member is, and where the result goes.
   *
   * @param bound the phone that must be the member's bound one, where the message has one
   */
  record Claim(
      String member,
      String name,
      Secret identityNo,
      @Nullable BoundPhone bound,
      @Nullable String jumpUrl,
      String backUrl) {}

  /** A phone, and the wire's name of its field. */
  record BoundPhone(String number, String field) {}

  private final Members members;
  private final Passwords passwords;
  private final NoticeUrls urls;
  private final EscrowKeys keys;

  PersonsOwn(Members members, Passwords passwords, NoticeUrls urls, EscrowKeys keys) {
    this.members = members;
    this.passwords = passwords;
    this.urls = urls;
    this.keys = keys;
  }

  /** The member, who is a person and whose name and identity number these are. */
  Member identified(Caller caller, String bizUserId, String name, Secret identityNo) {
    Member member = members.active(caller.merchant(), bizUserId).requireType(MemberType.PERSON);
    member.requireIdentity(Forms.name(name, "name"), Forms.identityNo(identityNo, "identityNo"));
    return member;
  }

  /**
   * Opens a page's visit.
   *
   * @param first whether the page sets the first password; the others need one
   */
  Visit open(Caller caller, PasswordPage page, Claim claim, boolean first) {
    Member member = identified(caller, claim.member(), claim.name(), claim.identityNo());
    if (claim.bound() != null) {
      requireBound(member, claim.bound());
    }
    boolean set = passwords.isSet(member, PasswordKind.PAY);
    if (first && set) {
      throw Refusal.of(Reason.PASSWORD_ALREADY_SET, "bizUserId");
    }
    if (!first && !set) {
      throw Refusal.of(Reason.PASSWORD_NOT_SET, "bizUserId");
    }
    Merchant merchant = caller.merchant();
    String jumpUrl = claim.jumpUrl();
    return new Visit(
        merchant.id(),
        page.name(),
        member.id(),
        null,
        jumpUrl == null ? null : urls.check(merchant, jumpUrl, "jumpUrl"),
        urls.check(merchant, claim.backUrl(), "backUrl"),
        caller.now().plus(Visits.VALID));
  }

  private static void requireBound(Member member, BoundPhone phone) {
    if (!member.requirePhone().equals(Forms.phone(phone.number(), phone.field()))) {
      throw Refusal.of(Reason.BAD_FIELD, phone.field());
    }
  }

  /**
   * What is written with whatever the page does: the visit is used up, and the merchant is told.
   *
   * @param more facts of the notice, beside the member
   */
  static List<RowWrite> writes(Entered entered, PasswordPage page, Map<String, String> more) {
    Map<String, String> facts = new LinkedHashMap<>(more);
    facts.put("bizUserId", entered.member().bizUserId());
    News news =
        new News(
            entered.merchant().id(),
            "escrow." + page.name(),
            entered.member().id(),
            Objects.requireNonNull(entered.visit().backUrl()),
            JSON.writeValueAsString(facts),
            entered.now());
    return List.of(Visits.use(entered.merchant(), entered.token(), entered.now()), news.row());
  }

  /** Where the browser goes when it is done: the merchant's page with a signed result, or ours. */
  String done(Entered entered, PasswordPage page, Map<String, String> more) {
    String jumpUrl = entered.visit().jumpUrl();
    if (jumpUrl == null) {
      return PasswordPages.done(page);
    }
    Map<String, String> result = new LinkedHashMap<>();
    result.put("bizUserId", entered.member().bizUserId());
    result.put("result", "OK");
    result.putAll(more);
    return EscrowReturn.ok(
            entered.merchant().code(), JSON.writeValueAsString(result), keys.signer())
        .address(jumpUrl);
  }
}
