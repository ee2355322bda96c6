package io.tongbao.server.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongbao.kernel.Secret;
import io.tongbao.ledger.AuditReport.Violation;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.TestServer;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database gives away of a member: nothing (THREATS T-X13); and what the audit sees. */
@TestServer
@Import(MemberBench.class)
class SealedStoreTest {
  @Autowired private MemberBench bench;
  @Autowired private Merchants merchants;
  @Autowired private Members members;
  @Autowired private Codes codes;
  @Autowired private Inbox inbox;
  @Autowired private Bindings bindings;
  @Autowired private JdbcClient jdbc;

  @AfterEach
  void passesTheAudit() {
    assertThat(bench.audit()).isEmpty();
  }

  @Test
  void noSecretStandsInTheDatabase() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.named(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    codes.send(merchant, member, phone, Purpose.BIND_PHONE, "", now);
    String code = code(phone);
    members.bindPhone(member, phone, redeem(merchant, member, phone, code, now), now);
    bindings.bind(merchant, member, MemberBench.claim(MemberBench.card(1), false), now);
    CardClaim claim =
        new CardClaim(
            BindMethod.FOUR_ELEMENTS,
            MemberBench.NAME,
            MemberBench.IDENTITY,
            MemberBench.card(2),
            phone,
            null,
            null,
            false,
            null);
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
        List.of(
            MemberBench.NAME,
            MemberBench.IDENTITY,
            phone,
            MemberBench.card(1),
            MemberBench.card(2),
            new Secret(code + "\""));
    for (String table : tables) {
      for (Secret secret : secrets) {
        assertThat(rowsWith(table, secret.reveal())).as(table).isZero();
      }
    }
  }

  @Test
  void whatWasSealedForOneRowDoesNotOpenInAnother() {
    Merchant merchant = bench.merchant(Map.of());
    Member one = bench.named(merchant);
    Member two = bench.named(merchant);
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
    assertThat(members.require(merchant, two.bizUserId()).identityNo())
        .isEqualTo(MemberBench.IDENTITY);
  }

  @Test
  void theAuditSeesWhatIsWrong() {
    Merchant merchant = bench.merchant(Map.of());
    Member member = bench.named(merchant);
    Secret phone = MemberBench.phone();
    Instant now = merchants.now(merchant);
    Card card = bindings.bind(merchant, member, MemberBench.claim(MemberBench.card(1), false), now);
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
    assertThat(bench.audit()).extracting(Violation::id).containsOnly(id);
    jdbc.sql(mend).update();
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

  private RowWrite redeem(
      Merchant merchant, Member member, Secret phone, String code, Instant now) {
    return codes.redeem(merchant, member, phone, Purpose.BIND_PHONE, "", code, now);
  }

  private String code(Secret phone) {
    Secret code = inbox.read(phone).getFirst().code();
    return code == null ? "" : code.reveal();
  }
}
