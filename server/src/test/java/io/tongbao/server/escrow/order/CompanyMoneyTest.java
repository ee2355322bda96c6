package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.escrow.EscrowApplication;
import io.tongbao.server.member.BindMethod;
import io.tongbao.server.member.Bindings;
import io.tongbao.server.member.CardClaim;
import io.tongbao.server.member.Cards;
import io.tongbao.server.member.Codes;
import io.tongbao.server.member.Companies;
import io.tongbao.server.member.Company;
import io.tongbao.server.member.Member;
import io.tongbao.server.member.MemberType;
import io.tongbao.server.member.Purpose;
import io.tongbao.wire.crypto.RsaType1;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What a company may be paid at and pay from: its own account, or the card that was approved. */
@TestServer
class CompanyMoneyTest {
  private static final String ACCOUNT = "110914891210901";
  private static final String PERSONAL_CARD = "6228480000000777001";

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  @Autowired private Companies companies;
  @Autowired private Bindings bindings;
  @Autowired private Cards cards;
  @Autowired private Codes codes;
  private Market market;
  private Member company;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    company = company("works", "招商银行");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void toItsOwnAccount() {
    market.give(company.account(), 1_000);
    String own = sealed(ACCOUNT);
    Map<String, Object> param = with(withdrawal(own, 400), "bankCardPro", 1);
    assertThat(refused(with(param, "bankCardNo", sealed("110914891210902")))).isEqualTo("30016");
    assertThat(refused(with(param, "bankCardPro", 0))).isEqualTo("30016");
    assertThat(refused(with(param, "validateType", 2))).isEqualTo("20004");
    assertThat(pay("withdrawApply", param)).isEqualTo("success");
    assertThat(market.balance(company)).isEqualTo(600);
    assertThat(market.balance(market.platform("clearing:TLT"))).isEqualTo(400);
  }

  @Test
  void toThePersonalCardOnceItIsApproved() {
    market.give(company.account(), 1_000);
    bindPersonalCard();
    Map<String, Object> param = withdrawal(sealed(PERSONAL_CARD), 300);
    assertThat(refused(param)).isEqualTo("30016");
    cards.audit(reread(), true, now());
    assertThat(pay("withdrawApply", with(param, "summary", "再来"))).isEqualTo("success");
    assertThat(market.balance(company)).isEqualTo(700);
  }

  @Test
  void notBeforeItsAudit() {
    Member young = registered("young");
    assertThat(refused(with(withdrawal(sealed(ACCOUNT), 100), "bizUserId", young.bizUserId())))
        .isEqualTo("30030");
    companies.submit(market.merchant(), young, facts("招商银行"), null, now());
    assertThat(refused(with(withdrawal(sealed(ACCOUNT), 100), "bizUserId", young.bizUserId())))
        .isEqualTo("30022");
  }

  @Test
  void debitedFromItsOwnAccountOrTheApprovedCard() {
    bindPersonalCard();
    Map<String, Object> byCard = deposit(sealed(PERSONAL_CARD), 500);
    assertThat(market.refused("depositApply", byCard)).isEqualTo("30016");
    assertThat(pay("depositApply", deposit(sealed(ACCOUNT), 500))).isEqualTo("success");
    cards.audit(reread(), true, now());
    assertThat(pay("depositApply", with(byCard, "summary", "再来"))).isEqualTo("success");
    assertThat(market.balance(company)).isEqualTo(1_000);
    assertThat(market.balance(market.platform("clearing:WITHHOLD_TLT"))).isEqualTo(-1_000);
  }

  private Member company(String name, String bank) {
    Member member = registered(name);
    companies.submit(market.merchant(), member, facts(bank), null, now());
    companies.audit(market.merchant(), reread(name), true, null, now());
    Member passed = reread(name);
    Secret phone = new Secret("13700000%03d".formatted(Math.floorMod(passed.id(), 1_000)));
    codes.send(market.merchant(), passed, phone, Purpose.BIND_PHONE, "", now());
    market.members.bindPhone(
        passed,
        phone,
        codes.redeem(
            market.merchant(),
            passed,
            phone,
            Purpose.BIND_PHONE,
            "",
            market.code(phone, ""),
            now()),
        now());
    return reread(name);
  }

  private Member registered(String name) {
    Member.Registration registration = new Member.Registration(2, "127.0.0.1", now());
    return market.members.create(market.merchant(), name, MemberType.COMPANY, registration);
  }

  private static Company.Facts facts(String bank) {
    return new Company.Facts(
        "测试建材有限公司",
        "某市某路 1 号",
        "91310000MA1FL0000X",
        null,
        null,
        new Secret("王小二"),
        1,
        new Secret("610422198600000000"),
        new Secret("13800000000"),
        new Secret(ACCOUNT),
        bank,
        null,
        null,
        null);
  }

  private void bindPersonalCard() {
    CardClaim claim =
        new CardClaim(
            BindMethod.THREE_ELEMENTS,
            new Secret("王小二"),
            new Secret("610422198600000000"),
            new Secret(PERSONAL_CARD),
            null,
            null,
            null,
            false,
            null);
    bindings.bind(market.merchant(), reread(), claim, now());
  }

  private Member reread() {
    return reread(company.bizUserId());
  }

  private Member reread(String name) {
    return market.members.require(market.merchant(), name);
  }

  private Instant now() {
    return market.merchants.now(market.merchant());
  }

  private String sealed(String number) {
    return market.application.sealed(RsaType1.Shape.ACCOUNT, number);
  }

  private String pay(String method, Map<String, Object> param) {
    JsonNode opened = market.ok(method, param);
    Map<String, Object> confirmation =
        market.confirmation(
            company.bizUserId(),
            opened.get("bizOrderNo").stringValue(),
            opened.get("orderNo").stringValue());
    return market.ok("pay", confirmation).get("payStatus").stringValue();
  }

  private String refused(Map<String, Object> param) {
    return market.refused("withdrawApply", param);
  }

  private Map<String, Object> withdrawal(String account, long fen) {
    return with(common(fen), "bankCardNo", account);
  }

  private Map<String, Object> deposit(String account, long fen) {
    return with(
        common(fen),
        "payMethod",
        Map.of("WITHHOLD_TLT", Map.of("bankCardNo", account, "amount", fen)));
  }

  private Map<String, Object> common(long fen) {
    Map<String, Object> fields = Params.purchase("works", "nobody", fen, 0);
    fields.remove("payMethod");
    return with(fields, "bizUserId", "works", "accountSetNo", EscrowApplication.ACCOUNT_SET);
  }
}
