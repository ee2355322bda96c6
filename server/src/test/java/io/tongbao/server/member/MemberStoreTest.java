package io.tongbao.server.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Audit;
import io.tongbao.ledger.AuditReport.Violation;
import io.tongbao.ledger.Invariant;
import io.tongbao.ledger.LedgerInvariants;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member.Registration;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.NewMerchant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Members, cards and codes in a real database, where many want the same at once (THREATS T-X13,
 * T-X16). Each test ends with the audit.
 */
@TestServer
class MemberStoreTest {
  private static final int THREADS = 64;
  private static final AtomicInteger NUMBERS = new AtomicInteger(1);
  private static final Secret NAME = new Secret("欧阳测试");
  private static final Secret IDENTITY = new Secret("11010519491231002X");

  @Autowired private Merchants merchants;
  @Autowired private Members members;
  @Autowired private Codes codes;
  @Autowired private Cards cards;
  @Autowired private Bindings bindings;
  @Autowired private Inbox inbox;
  @Autowired private JdbcClient jdbc;
  @Autowired private DataSource source;
  @Autowired private List<Invariant> invariants;

  @AfterEach
  void passesTheAudit() {
    assertThat(audit()).isEmpty();
  }

  @Test
  void aCodeIsTriedFiveTimes() throws Exception {
    Merchant merchant = merchant(Map.of());
    Member member = person(merchant);
    Secret phone = phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    List<String> answers =
        together(i -> () -> outcome(() -> redeem(merchant, member, phone, "wrong" + i, now)));
    assertThat(answers).containsOnly("WRONG_CODE");
    assertThat(tries(member)).isEqualTo(Codes.TRIES);
    assertThat(outcome(() -> redeem(merchant, member, phone, code(phone), now)))
        .isEqualTo("WRONG_CODE");
  }

  @Test
  void aCodeIsUsedOnce() throws Exception {
    Merchant merchant = merchant(Map.of());
    Member member = person(merchant);
    Secret phone = phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    String code = code(phone);
    List<String> answers =
        together(i ->
            () ->
                outcome(() ->
                    members.bindPhone(
                        member, phone, redeem(merchant, member, phone, code, now), now)));
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(members.require(merchant, member.bizUserId()).phone()).isEqualTo(phone);
    assertThat(outcome(() -> redeem(merchant, member, phone, code, now))).isEqualTo("WRONG_CODE");
  }

  @Test
  void aCodeLivesFiveMinutes() {
    Merchant merchant = merchant(Map.of());
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
    Merchant merchant = merchant(Map.of());
    Member member = person(merchant);
    Secret phone = phone();
    Instant now = merchants.now(merchant);
    assertThat(sent(merchant, member, phone, "", now)).isEqualTo("done");
    String first = code(phone);
    assertThat(sent(merchant, member, phone, "", now.plusSeconds(59))).isEqualTo("CODE_TOO_SOON");
    assertThat(code(phone)).isEqualTo(first);
    assertThat(sent(merchant, member, phone, "another", now.plusSeconds(59))).isEqualTo("done");
    assertThat(sent(merchant, member, phone, "", now.plusSeconds(60))).isEqualTo("done");
    assertThat(outcome(() -> redeem(merchant, member, phone, first, now.plusSeconds(61))))
        .isEqualTo(first.equals(code(phone)) ? "done" : "WRONG_CODE");
  }

  @Test
  void manyAskForACodeAtOnceAndOneIsSent() throws Exception {
    Merchant merchant = merchant(Map.of());
    Member member = person(merchant);
    Secret phone = phone();
    Instant now = merchants.now(merchant);
    List<String> answers = together(i -> () -> sent(merchant, member, phone, "", now));
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(inbox.read(phone)).hasSize(1);
  }

  @Test
  void aPhoneGetsFiveTextsAnHourFromAMerchantAndTenADayFromAll() throws Exception {
    Merchant one = merchant(Map.of());
    Merchant two = merchant(Map.of());
    Member first = person(one);
    Member second = person(two);
    Secret phone = phone();
    Instant now = merchants.now(one);
    List<String> answers = together(i -> () -> sent(one, first, phone, "order" + i, now));
    assertThat(answers).filteredOn("done"::equals).hasSize((int) Codes.PER_HOUR);
    Instant later = now.plus(Duration.ofMinutes(59));
    assertThat(sent(one, first, phone, "later", later)).isEqualTo("CODE_TOO_SOON");
    Instant nextHour = now.plus(Duration.ofHours(1));
    for (int i = 0; i < 5; i++) {
      assertThat(sent(two, second, phone, "order" + i, nextHour)).isEqualTo("done");
    }
    assertThat(sent(one, first, phone, "eleventh", nextHour)).isEqualTo("CODE_TOO_SOON");
    assertThat(inbox.read(phone)).hasSize((int) Codes.PER_DAY);
    Instant nextDay = now.plus(Duration.ofDays(1));
    assertThat(sent(one, first, phone, "twelfth", nextDay)).isEqualTo("done");
  }

  @Test
  void aCodeIsForOneMemberPhonePurposeAndSubject() {
    Merchant merchant = merchant(Map.of());
    Merchant foreign = merchant(Map.of());
    Member member = person(merchant);
    Member other = person(merchant);
    Secret phone = phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.PAY, "A", now);
    String code = code(phone);
    assertThat(paid(merchant, member, phone, Purpose.PAY, "B", code, now)).isEqualTo("WRONG_CODE");
    assertThat(paid(merchant, member, phone, Purpose.BIND_CARD, "A", code, now))
        .isEqualTo("WRONG_CODE");
    assertThat(paid(merchant, other, phone, Purpose.PAY, "A", code, now)).isEqualTo("WRONG_CODE");
    assertThat(paid(merchant, member, phone(), Purpose.PAY, "A", code, now))
        .isEqualTo("WRONG_CODE");
    assertThat(paid(foreign, member, phone, Purpose.PAY, "A", code, now)).isEqualTo("WRONG_CODE");
    assertThat(tries(member)).isZero();
    assertThat(paid(merchant, member, phone, Purpose.PAY, "A", code, now)).isEqualTo("done");
  }

  @Test
  void manyCreateOneMember() throws Exception {
    Merchant merchant = merchant(Map.of());
    Registration registration = new Registration(1, "127.0.0.1", merchants.now(merchant));
    List<String> answers =
        together(i ->
            () -> outcome(() -> members.create(merchant, "u", MemberType.PERSON, registration)));
    assertThat(answers).containsOnly("done", "MEMBER_EXISTS");
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(
            jdbc.sql("SELECT count(*) FROM account WHERE merchant_id = ? AND owner_id <> 0")
                .param(merchant.id())
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void manyLockAMember() throws Exception {
    Merchant merchant = merchant(Map.of());
    Member member = person(merchant);
    Instant now = merchants.now(merchant);
    assertThat(together(i -> () -> outcome(() -> members.lock(member, now))))
        .filteredOn("done"::equals)
        .hasSize(1);
    assertThat(together(i -> () -> outcome(() -> members.unlock(member, now))))
        .filteredOn("done"::equals)
        .hasSize(1);
  }

  @Test
  void manyBindCardsAndTheLimitHolds() throws Exception {
    Merchant merchant = merchant(Map.of("cards.most", "3"));
    Member member = named(merchant);
    Instant now = merchants.now(merchant);
    List<String> answers =
        together(
            i -> () -> outcome(() -> bindings.bind(merchant, member, claim(card(i), false), now)));
    assertThat(answers).filteredOn("done"::equals).hasSize(3);
    assertThat(cards.all(member)).hasSize(3);
  }

  @Test
  void manyBindOneCardAndItIsBoundOnce() throws Exception {
    Merchant merchant = merchant(Map.of());
    Member member = named(merchant);
    Instant now = merchants.now(merchant);
    List<String> answers =
        together(
            i -> () -> outcome(() -> bindings.bind(merchant, member, claim(card(7), false), now)));
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(cards.all(member)).hasSize(1);
  }

  @Test
  void manyWantASafeCardAndThereIsOne() throws Exception {
    Merchant merchant = merchant(Map.of("cards.most", "200"));
    Member member = named(merchant);
    Instant now = merchants.now(merchant);
    List<Card> bound = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      bound.add(bindings.bind(merchant, member, claim(card(i), false), now));
    }
    List<String> answers =
        together(i ->
            () ->
                i % 2 == 0
                    ? outcome(() -> cards.makeSafe(member, bound.get(i), now))
                    : outcome(() ->
                        bindings.bind(merchant, member, claim(card(THREADS + i), true), now)));
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(cards.all(member)).filteredOn(Card::safe).hasSize(1);
  }

  @Test
  void aLockedMemberGetsNoCard() {
    Merchant merchant = merchant(Map.of());
    Member member = named(merchant);
    Instant now = merchants.now(merchant);
    members.lock(member, now);
    assertThat(outcome(() -> bindings.bind(merchant, member, claim(card(1), false), now)))
        .isEqualTo("MEMBER_LOCKED");
  }

  @Test
  void noSecretStandsInTheDatabase() {
    Merchant merchant = merchant(Map.of());
    Member member = named(merchant);
    Secret phone = phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    String code = code(phone);
    members.bindPhone(member, phone, redeem(merchant, member, phone, code, now), now);
    bindings.bind(merchant, member, claim(card(1), false), now);
    CardClaim claim =
        new CardClaim(
            BindMethod.FOUR_ELEMENTS, NAME, IDENTITY, card(2), phone, null, null, false, null);
    bindings.apply(merchant, member, claim, now);
    List<String> tables =
        jdbc.sql(
                """
                SELECT tablename FROM pg_tables
                 WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'
                """)
            .query((row, count) -> String.valueOf(row.getString(1)))
            .list();
    assertThat(tables).contains("member", "bank_card", "one_time_code", "text_message");
    List<Secret> secrets =
        List.of(NAME, IDENTITY, phone, card(1), card(2), new Secret(code + "\""));
    for (String table : tables) {
      for (Secret secret : secrets) {
        assertThat(rowsWith(table, secret.reveal())).as(table).isZero();
      }
    }
  }

  @Test
  void whatWasSealedForOneRowDoesNotOpenInAnother() {
    Merchant merchant = merchant(Map.of());
    Member one = named(merchant);
    Member two = named(merchant);
    byte[] sealed =
        jdbc.sql("SELECT identity_no FROM member WHERE id = ?")
            .param(one.id())
            .query(byte[].class)
            .single();
    byte[] own =
        jdbc.sql("SELECT identity_no FROM member WHERE id = ?")
            .param(two.id())
            .query(byte[].class)
            .single();
    put(two, sealed);
    assertThatThrownBy(() -> members.require(merchant, two.bizUserId()))
        .isInstanceOf(IllegalStateException.class);
    put(two, own);
    assertThat(members.require(merchant, two.bizUserId()).identityNo()).isEqualTo(IDENTITY);
  }

  @Test
  void theAuditSeesWhatIsWrong() {
    Merchant merchant = merchant(Map.of());
    Member member = named(merchant);
    Secret phone = phone();
    Instant now = merchants.now(merchant);
    Card card = bindings.bind(merchant, member, claim(card(1), false), now);
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    wrong(
        "I-24",
        "UPDATE bank_card SET personal = true WHERE id = " + card.id(),
        "UPDATE bank_card SET personal = false WHERE id = " + card.id());
    wrong(
        "I-30",
        "UPDATE one_time_code SET used_at = expires_at, tries = 1 WHERE member_id = " + member.id(),
        "UPDATE one_time_code SET used_at = NULL WHERE member_id = " + member.id());
    wrong(
        "I-31",
        "UPDATE member SET register_ip = 'x 6228480402637874214' WHERE id = " + member.id(),
        "UPDATE member SET register_ip = '127.0.0.1' WHERE id = " + member.id());
    wrong(
        "I-31",
        "UPDATE member SET register_ip = '13912345678' WHERE id = " + member.id(),
        "UPDATE member SET register_ip = '127.0.0.1' WHERE id = " + member.id());
    wrong(
        "I-31",
        "UPDATE member SET register_ip = '11010519491231002X' WHERE id = " + member.id(),
        "UPDATE member SET register_ip = '127.0.0.1' WHERE id = " + member.id());
    wrong(
        "I-35",
        "UPDATE member SET locked = true WHERE id = " + member.id(),
        "UPDATE member SET locked = false WHERE id = " + member.id());
  }

  private void wrong(String id, String corrupt, String mend) {
    jdbc.sql(corrupt).update();
    assertThat(audit()).extracting(Violation::id).containsOnly(id);
    jdbc.sql(mend).update();
  }

  private List<Violation> audit() {
    List<Invariant> all = new ArrayList<>(LedgerInvariants.all());
    all.addAll(invariants);
    return new Audit(source, all).run().violations();
  }

  /** As text, and as the bytes that the text is. */
  private long rowsWith(String table, String text) {
    String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    return jdbc.sql(
            "SELECT count(*) FROM \"%s\" t WHERE position(? IN t::text) > 0 OR position(? IN t::text) > 0"
                .formatted(table))
        .params(text, hex)
        .query(Long.class)
        .single();
  }

  private void put(Member member, byte[] identity) {
    jdbc.sql("UPDATE member SET identity_no = ? WHERE id = ?")
        .params(identity, member.id())
        .update();
  }

  private long tries(Member member) {
    return jdbc.sql("SELECT tries FROM one_time_code WHERE merchant_id = ? AND member_id = ?")
        .params(member.merchantId(), member.id())
        .query(Long.class)
        .single();
  }

  private String redeemedAt(Merchant merchant, Instant now, Duration age) {
    Member member = person(merchant);
    Secret phone = phone();
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    return outcome(() -> redeem(merchant, member, phone, code(phone), now.plus(age)));
  }

  private String sent(Merchant merchant, Member member, Secret phone, String subject, Instant now) {
    return outcome(() -> codes.send(merchant, member, phone, Purpose.BIND_PHONE, subject, now));
  }

  private String paid(
      Merchant merchant,
      Member member,
      Secret phone,
      Purpose purpose,
      String subject,
      String code,
      Instant now) {
    return outcome(() -> codes.redeem(merchant, member, phone, purpose, subject, code, now));
  }

  private RowWrite redeem(
      Merchant merchant, Member member, Secret phone, String code, Instant now) {
    return codes.redeem(merchant, member, phone, Purpose.BIND_PHONE, "", code, now);
  }

  private String code(Secret phone) {
    Secret code = inbox.read(phone).getFirst().code();
    return code == null ? "" : code.reveal();
  }

  private Merchant merchant(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("accountSetNo", "200001");
    String code = "3" + Ids.digits(11);
    return merchants.create(
        new NewMerchant(Face.ESCROW, code, "测试商户", all, Map.of(), List.of(), Set.of()));
  }

  private Member person(Merchant merchant) {
    return members.create(
        merchant,
        "u" + NUMBERS.getAndIncrement(),
        MemberType.PERSON,
        new Registration(1, "127.0.0.1", merchants.now(merchant)));
  }

  private Member named(Merchant merchant) {
    Member member = person(merchant);
    members.setRealName(merchant, member, NAME, IDENTITY, merchants.now(merchant));
    return members.require(merchant, member.bizUserId());
  }

  private static Secret phone() {
    return new Secret("139%08d".formatted(NUMBERS.getAndIncrement()));
  }

  private static Secret card(int number) {
    return new Secret("622848%013d".formatted(1_000_000 + number));
  }

  private static CardClaim claim(Secret card, boolean safe) {
    return new CardClaim(
        BindMethod.THREE_ELEMENTS, NAME, IDENTITY, card, null, null, null, safe, null);
  }

  private static String outcome(Runnable work) {
    try {
      work.run();
      return "done";
    } catch (Refusal refusal) {
      Reason reason = refusal.reason();
      return reason.name();
    }
  }

  /** Does it in many threads that start together. */
  private static List<String> together(IntFunction<Callable<String>> work) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<String>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS; i++) {
        Callable<String> one = work.apply(i);
        running.add(
            threads.submit(() -> {
              start.await();
              return one.call();
            }));
      }
      start.countDown();
      List<String> answers = new ArrayList<>();
      for (Future<String> one : running) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
