package io.tongbao.server.escrow.password;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.member.Forms;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.MemberType;
import io.tongbao.server.member.Members;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.News;
import io.tongbao.server.notice.NoticeUrls;
import io.tongbao.wire.escrow.EscrowReturn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the password pages share: only a person's own identity opens them, and the result goes to
 * the merchant by the browser and by a notice. Specification §4.1.20 to §4.1.23.
 */
@Component
final class PersonsOwn {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Members members;
  private final NoticeUrls urls;
  private final EscrowKeys keys;

  PersonsOwn(Members members, NoticeUrls urls, EscrowKeys keys) {
    this.members = members;
    this.urls = urls;
    this.keys = keys;
  }

  /** The member, who is a person and whose name and identity number these are. */
  Member identified(Caller caller, String bizUserId, String name, Secret identityNo) {
    Member member = members.active(caller.merchant(), bizUserId).requireType(MemberType.PERSON);
    member.requireIdentity(Forms.name(name, "name"), Forms.identityNo(identityNo, "identityNo"));
    return member;
  }

  /** Refuses a phone that is not the member's bound one. */
  static void requireBound(Member member, String phone, String field) {
    if (!member.requirePhone().equals(Forms.phone(phone, field))) {
      throw Refusal.of(Reason.BAD_FIELD, field);
    }
  }

  /** The visit of a page that is about a member alone. */
  Visit visit(Caller caller, Member member, String page, @Nullable String jumpUrl, String backUrl) {
    Merchant merchant = caller.merchant();
    return new Visit(
        merchant.id(),
        page,
        member.id(),
        null,
        jumpUrl == null ? null : urls.check(merchant, jumpUrl, "jumpUrl"),
        urls.check(merchant, backUrl, "backUrl"),
        caller.now().plus(Visits.VALID));
  }

  /** The notice that it was done. */
  static RowWrite news(PasswordPage.Entered entered, String event, Map<String, String> more) {
    Map<String, String> facts = new LinkedHashMap<>(more);
    facts.put("bizUserId", entered.member().bizUserId());
    return new News(
            entered.merchant().id(),
            event,
            entered.member().id(),
            Objects.requireNonNull(entered.visit().backUrl()),
            JSON.writeValueAsString(facts),
            entered.now())
        .row();
  }

  /** Where the browser goes when it is done: the merchant's page with a signed result, or ours. */
  String done(PasswordPage.Entered entered, Map<String, String> more) {
    Map<String, String> result = new LinkedHashMap<>();
    result.put("bizUserId", entered.member().bizUserId());
    result.put("result", "OK");
    result.putAll(more);
    String jumpUrl = entered.visit().jumpUrl();
    if (jumpUrl == null) {
      return PasswordPages.DONE;
    }
    return EscrowReturn.ok(
            entered.merchant().code(), JSON.writeValueAsString(result), keys.signer())
        .address(jumpUrl);
  }
}
