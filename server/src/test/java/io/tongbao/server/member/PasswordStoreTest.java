package io.tongbao.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Payment passwords where many guess at once, and at the edges of the lock (THREATS T3-8). */
@TestServer
@Import(MemberBench.class)
class PasswordStoreTest {
  private static final Secret RIGHT = new Secret("314159");
  private static final Secret WRONG = new Secret("271828");

  @Autowired private MemberBench bench;
  @Autowired private Merchants merchants;
  @Autowired private Members members;
  @Autowired private Passwords passwords;
  @Autowired private JdbcClient jdbc;

  @AfterEach
  void passesTheAudit() {
    assertThat(bench.audit()).isEmpty();
  }

  @Test
  void fiveErrorsLockHoweverManyGuess() throws Exception {
    Merchant merchant = bench.merchant(Map.of());
    Member member = withPassword(merchant);
    Instant now = merchants.now(merchant);
    List<String> answers =
        MemberBench.together(_ -> () -> MemberBench.outcome(() -> guess(member, WRONG, now)));
    assertThat(answers).filteredOn("WRONG_PASSWORD"::equals).hasSize(Passwords.ERRORS - 1);
    assertThat(answers).filteredOn("PASSWORD_LOCKED"::equals).hasSize(answers.size() - 4);
    assertThat(errors(member)).isEqualTo(Passwords.ERRORS);
    assertThat(outcome(member, RIGHT, now)).isEqualTo("PASSWORD_LOCKED");
  }

  @Test
  void theLockLastsThreeHours() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = withPassword(merchant);
    Instant now = merchants.now(merchant);
    for (int i = 0; i < Passwords.ERRORS; i++) {
      outcome(member, WRONG, now);
    }
    Instant end = now.plus(Passwords.LOCKED);
    assertThat(outcome(member, RIGHT, end.minusSeconds(1))).isEqualTo("PASSWORD_LOCKED");
    assertThat(outcome(member, WRONG, end)).isEqualTo("WRONG_PASSWORD");
    assertThat(errors(member)).isEqualTo(1);
    assertThat(outcome(member, RIGHT, end)).isEqualTo("done");
    assertThat(errors(member)).isZero();
  }

  @Test
  void theRightOneForgetsErrors() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = withPassword(merchant);
    Instant now = merchants.now(merchant);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < Passwords.ERRORS - 1; i++) {
        assertThat(outcome(member, WRONG, now)).isEqualTo("WRONG_PASSWORD");
      }
      assertThat(outcome(member, RIGHT, now)).isEqualTo("done");
    }
  }

  @Test
  void isSetOnceAndReplacedOnlyWhenSet() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Instant now = merchants.now(merchant);
    assertThat(outcome(member, RIGHT, now)).isEqualTo("PASSWORD_NOT_SET");
    assertThat(
            MemberBench.outcome(
                () -> passwords.replace(member, PasswordKind.PAY, RIGHT, List.of(), now)))
        .isEqualTo("PASSWORD_NOT_SET");
    passwords.set(member, PasswordKind.PAY, RIGHT, List.of(), now);
    assertThat(
            MemberBench.outcome(
                () -> passwords.set(member, PasswordKind.PAY, WRONG, List.of(), now)))
        .isEqualTo("PASSWORD_ALREADY_SET");
    assertThat(members.byId(merchant, member.id()).passwordSet()).isTrue();
    passwords.replace(member, PasswordKind.PAY, WRONG, List.of(), now);
    assertThat(outcome(member, WRONG, now)).isEqualTo("done");
  }

  @Test
  void theTwoKindsAreTwoPasswords() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = withPassword(merchant);
    Instant now = merchants.now(merchant);
    passwords.set(member, PasswordKind.QUICKPAY, WRONG, List.of(), now);
    assertThat(outcome(member, RIGHT, now)).isEqualTo("done");
    assertThat(outcome(member, WRONG, now)).isEqualTo("WRONG_PASSWORD");
    passwords.require(member, PasswordKind.QUICKPAY, WRONG, now);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456", "654321", "000000", "999999", "12345", "1234567", "31415a", "３１４１５９", ""
      })
  void refusesWhatIsNoGoodPassword(String password) {
    assertThat(MemberBench.outcome(() -> Passwords.wellFormed(new Secret(password), "newPassword")))
        .isEqualTo("BAD_FIELD");
  }

  private Member withPassword(Merchant merchant) {
    Member member = bench.person(merchant);
    passwords.set(member, PasswordKind.PAY, RIGHT, List.of(), merchants.now(merchant));
    return member;
  }

  private void guess(Member member, Secret password, Instant now) {
    passwords.require(member, PasswordKind.PAY, password, now);
  }

  private String outcome(Member member, Secret password, Instant now) {
    return MemberBench.outcome(() -> guess(member, password, now));
  }

  private int errors(Member member) {
    return jdbc.sql("SELECT errors FROM payment_password WHERE member_id = ? AND kind = 'PAY'")
        .param(member.id())
        .query(Integer.class)
        .single();
  }
}
