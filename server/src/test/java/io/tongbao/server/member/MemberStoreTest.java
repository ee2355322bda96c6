package io.tongbao.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member.Registration;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Members and cards where many want the same at once. */
@TestServer
@Import(MemberBench.class)
class MemberStoreTest {
  @Autowired private MemberBench bench;
  @Autowired private Merchants merchants;
  @Autowired private Members members;
  @Autowired private Cards cards;
  @Autowired private Bindings bindings;
  @Autowired private JdbcClient jdbc;

  @AfterEach
  void passesTheAudit() {
    assertThat(bench.audit()).isEmpty();
  }

  @Test
  void manyCreateOneMember() throws Exception {
    Merchant merchant = bench.merchant(Map.of());
    Registration registration = new Registration(1, "127.0.0.1", merchants.now(merchant));
    List<String> answers =
        MemberBench.together(i ->
            () ->
                MemberBench.outcome(
                    () -> members.create(merchant, "u", MemberType.PERSON, registration)));
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
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.person(merchant);
    Instant now = merchants.now(merchant);
    assertThat(
            MemberBench.together(i -> () -> MemberBench.outcome(() -> members.lock(member, now))))
        .filteredOn("done"::equals)
        .hasSize(1);
    assertThat(
            MemberBench.together(i -> () -> MemberBench.outcome(() -> members.unlock(member, now))))
        .filteredOn("done"::equals)
        .hasSize(1);
  }

  @Test
  void manyBindCardsAndTheLimitHolds() throws Exception {
    Merchant merchant = bench.merchant(Map.of("cards.most", "3"));
    Member member = bench.named(merchant);
    Instant now = merchants.now(merchant);
    List<String> answers =
        MemberBench.together(i ->
            () ->
                MemberBench.outcome(() ->
                    bindings.bind(
                        merchant, member, MemberBench.claim(MemberBench.card(i), false), now)));
    assertThat(answers).filteredOn("done"::equals).hasSize(3);
    assertThat(cards.all(member)).hasSize(3);
  }

  @Test
  void manyBindOneCardAndItIsBoundOnce() throws Exception {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.named(merchant);
    Instant now = merchants.now(merchant);
    List<String> answers =
        MemberBench.together(i ->
            () ->
                MemberBench.outcome(() ->
                    bindings.bind(
                        merchant, member, MemberBench.claim(MemberBench.card(7), false), now)));
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(answers).containsOnly("done", "CARD_ALREADY_BOUND");
    assertThat(cards.all(member)).hasSize(1);
  }

  @Test
  void manyWantASafeCardAndThereIsOne() throws Exception {
    Merchant merchant = bench.merchant(Map.of("cards.most", "200"));
    Member member = bench.named(merchant);
    Instant now = merchants.now(merchant);
    List<Card> bound = new ArrayList<>();
    for (int i = 0; i < MemberBench.THREADS; i++) {
      bound.add(
          bindings.bind(merchant, member, MemberBench.claim(MemberBench.card(i), false), now));
    }
    List<String> answers =
        MemberBench.together(i ->
            () ->
                i % 2 == 0
                    ? MemberBench.outcome(() -> cards.makeSafe(member, bound.get(i), now))
                    : MemberBench.outcome(() ->
                        bindings.bind(
                            merchant,
                            member,
                            MemberBench.claim(MemberBench.card(MemberBench.THREADS + i), true),
                            now)));
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(cards.all(member)).filteredOn(Card::safe).hasSize(1);
  }

  @Test
  void aLockedMemberGetsNoCard() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.named(merchant);
    Instant now = merchants.now(merchant);
    members.lock(member, now);
    assertThat(
            MemberBench.outcome(() ->
                bindings.bind(
                    merchant, member, MemberBench.claim(MemberBench.card(1), false), now)))
        .isEqualTo("MEMBER_LOCKED");
  }
}
