package io.tongbao.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One-time codes where many guess, ask and use at once (THREATS T-X16). */
@TestServer
@Import(MemberBench.class)
class CodeStoreTest {
  private static final int PER_HOUR = 5;
  private static final int PER_DAY = 10;

  @Autowired private MemberBench bench;
  @Autowired private Merchants merchants;
  @Autowired private Members members;
  @Autowired private Codes codes;
  @Autowired private Inbox inbox;
  @Autowired private JdbcClient jdbc;
  @Autowired private Decisions decisions;
  @Autowired private Vault vault;

  @AfterEach
  void passesTheAudit() {
    assertThat(bench.audit()).isEmpty();
  }

  @Test
  void aCodeIsTriedFiveTimes() throws Exception {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    List<String> answers =
        MemberBench.together(i ->
            () -> MemberBench.outcome(() -> redeem(merchant, member, phone, "wrong" + i, now)));
    assertThat(answers).containsOnly("WRONG_CODE");
    assertThat(tries(member)).isEqualTo(Codes.TRIES);
    assertThat(MemberBench.outcome(() -> redeem(merchant, member, phone, code(phone), now)))
        .isEqualTo("WRONG_CODE");
  }

  @Test
  void aCodeIsUsedOnce() throws Exception {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    String code = code(phone);
    List<String> answers =
        MemberBench.together(i ->
            () ->
                MemberBench.outcome(() ->
                    members.bindPhone(
                        member, phone, redeem(merchant, member, phone, code, now), now)));
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(members.require(merchant, member.bizUserId()).phone()).isEqualTo(phone);
    assertThat(MemberBench.outcome(() -> redeem(merchant, member, phone, code, now)))
        .isEqualTo("WRONG_CODE");
  }

  @Test
  void aCodeThatIsUsedWasTriedThoughACrashForgotIt() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    RowWrite use = redeem(merchant, member, phone, code(phone), now);
    jdbc.sql("UPDATE one_time_code SET tries = 0 WHERE member_id = ?").param(member.id()).update();
    members.bindPhone(member, phone, use, now);
    assertThat(tries(member)).isOne();
  }

  @Test
  void aCodeMayBeUsedByWhoCameInAMomentBeforeItWasSent() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    Instant earlier = now.minusMillis(20);
    members.bindPhone(
        member, phone, redeem(merchant, member, phone, code(phone), earlier), earlier);
    assertThat(members.require(merchant, member.bizUserId()).phone()).isEqualTo(phone);
  }

  @Test
  void aCodeLivesFiveMinutes() {
    Merchant merchant = bench.merchant(Map.of());
    Instant now = merchants.now(merchant);
    for (Duration age :
        List.of(Duration.ZERO, Codes.VALIDITY.minusSeconds(1), Codes.VALIDITY.minusMillis(1))) {
      assertThat(redeemedAt(merchant, now, age)).as("%s", age).isEqualTo("done");
    }
    for (Duration age :
        List.of(Codes.VALIDITY, Codes.VALIDITY.plusSeconds(1), Duration.ofDays(1))) {
      assertThat(redeemedAt(merchant, now, age)).as("%s", age).isEqualTo("WRONG_CODE");
    }
  }

  @Test
  void aMinutePassesBetweenTwoCodesAndTheOlderOneDies() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    assertThat(sent(merchant, member, phone, "", now)).isEqualTo("done");
    String first = code(phone);
    assertThat(sent(merchant, member, phone, "", now.plusSeconds(59))).isEqualTo("CODE_TOO_SOON");
    assertThat(code(phone)).isEqualTo(first);
    assertThat(sent(merchant, member, phone, "another", now.plusSeconds(59))).isEqualTo("done");
    assertThat(sent(merchant, member, phone, "", now.plusSeconds(60))).isEqualTo("done");
    assertThat(
            MemberBench.outcome(() -> redeem(merchant, member, phone, first, now.plusSeconds(61))))
        .isEqualTo(first.equals(code(phone)) ? "done" : "WRONG_CODE");
  }

  /** A code that cannot leave is an answer; a warning that cannot undoes nothing. */
  @Test
  void whatHappenedStandsWhereNobodyCanBeWarned() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    Codes mute = new Codes(jdbc, decisions, vault, new Shut());
    assertThat(MemberBench.outcome(() -> mute.warn(merchant, phone, Purpose.PHONE_CHANGED, now)))
        .isEqualTo("done");
    assertThat(
            MemberBench.outcome(
                () -> mute.send(merchant, member, phone, Purpose.BIND_PHONE, "", now)))
        .isEqualTo("BUSY");
    assertThat(sent(merchant, member, phone, "", now)).as("nobody got the first").isEqualTo("done");
    Codes.Draft draft = mute.draft(merchant, member, phone, Purpose.PAY, "1", now);
    assertThat(MemberBench.outcome(() -> mute.tell(merchant, draft.text()))).isEqualTo("done");
  }

  /** A way to phones that nothing leaves by. */
  private static final class Shut implements Texter {
    @Override
    public String draw(Purpose purpose) {
      return "123456";
    }

    @Override
    public List<RowWrite> writes(Merchant merchant, Text text) {
      return List.of();
    }

    @Override
    public void send(Merchant merchant, Text text) {
      throw Refusal.of(Refusal.Reason.BUSY, "phone");
    }
  }

  @Test
  void manyAskForACodeAtOnceAndOneIsSent() throws Exception {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    List<String> answers = MemberBench.together(i -> () -> sent(merchant, member, phone, "", now));
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(inbox.read(phone)).hasSize(1);
  }

  @Test
  void aPhoneGetsFiveTextsAnHourFromAMerchantAndTenADayFromAll() throws Exception {
    Merchant one = bench.merchant(Map.of());
    Merchant two = bench.merchant(Map.of());
    Member first = bench.person(one);
    Member second = bench.person(two);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(one);
    List<String> answers =
        MemberBench.together(i -> () -> sent(one, first, phone, "order" + i, now));
    assertThat(answers).filteredOn("done"::equals).hasSize(PER_HOUR);
    Instant later = now.plus(Duration.ofMinutes(59));
    assertThat(sent(one, first, phone, "later", later)).isEqualTo("CODE_TOO_SOON");
    Instant nextHour = now.plus(Duration.ofHours(1));
    for (int i = 0; i < 5; i++) {
      assertThat(sent(two, second, phone, "order" + i, nextHour)).isEqualTo("done");
    }
    assertThat(sent(one, first, phone, "eleventh", nextHour)).isEqualTo("CODE_TOO_SOON");
    assertThat(inbox.read(phone)).hasSize(PER_DAY);
    Instant nextDay = now.plus(Duration.ofDays(1));
    assertThat(sent(one, first, phone, "twelfth", nextDay)).isEqualTo("done");
  }

  @Test
  void aCodeIsForOneMemberPhonePurposeAndSubject() {
    Merchant merchant = bench.merchant(Map.of());
    Merchant foreign = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Member other = bench.person(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.PAY, "A", now);
    String code = code(phone);
    assertThat(paid(merchant, member, phone, Purpose.PAY, "B", code, now)).isEqualTo("WRONG_CODE");
    assertThat(paid(merchant, member, phone, Purpose.BIND_CARD, "A", code, now))
        .isEqualTo("WRONG_CODE");
    assertThat(paid(merchant, other, phone, Purpose.PAY, "A", code, now)).isEqualTo("WRONG_CODE");
    assertThat(paid(merchant, member, MemberBench.phone(), Purpose.PAY, "A", code, now))
        .isEqualTo("WRONG_CODE");
    assertThat(paid(foreign, member, phone, Purpose.PAY, "A", code, now)).isEqualTo("WRONG_CODE");
    assertThat(tries(member)).isZero();
    assertThat(paid(merchant, member, phone, Purpose.PAY, "A", code, now)).isEqualTo("done");
  }

  private long tries(Member member) {
    return jdbc.sql("SELECT tries FROM one_time_code WHERE merchant_id = ? AND member_id = ?")
        .params(member.merchantId(), member.id())
        .query(Long.class)
        .single();
  }

  private String redeemedAt(Merchant merchant, Instant now, Duration age) {
    Member member = bench.person(merchant);
    Secret phone = MemberBench.phone();
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    return MemberBench.outcome(() -> redeem(merchant, member, phone, code(phone), now.plus(age)));
  }

  private String sent(Merchant merchant, Member member, Secret phone, String subject, Instant now) {
    return MemberBench.outcome(
        () -> codes.send(merchant, member, phone, Purpose.BIND_PHONE, subject, now));
  }

  private String paid(
      Merchant merchant,
      Member member,
      Secret phone,
      Purpose purpose,
      String subject,
      String code,
      Instant now) {
    return MemberBench.outcome(
        () -> codes.redeem(merchant, member, phone, purpose, subject, code, now));
  }

  private RowWrite redeem(
      Merchant merchant, Member member, Secret phone, String code, Instant now) {
    return codes.redeem(merchant, member, phone, Purpose.BIND_PHONE, "", code, now);
  }

  private String code(Secret phone) {
    Secret code = inbox.read(phone).getFirst().code();
    return code == null ? "" : code.reveal();
  }
}
