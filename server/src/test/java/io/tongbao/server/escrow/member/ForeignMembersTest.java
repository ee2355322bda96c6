package io.tongbao.server.escrow.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.escrow.Correspondent;
import io.tongbao.server.escrow.EscrowKeys;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.recon.Audits;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What belongs to another merchant does not exist: each interface gives the same answer for another
 * merchant's member as for nobody, and changes nothing (THREATS T-X15).
 */
@TestServer
class ForeignMembersTest {
  private static final String PERSON =
      "\"name\":\"王小二\",\"identityType\":1,\"identityNo\":\"RSA(610422198600000000)\"";
  private static final String CARD = "\"cardNo\":\"RSA(6228480000000000001)\"";
  private static final String PHONE = "\"phone\":\"13900000071\"";
  private static final String COMPANY =
      "\"companyBasicInfo\":{\"companyName\":\"通宝\",\"businessLicense\":\"1\","
          + "\"legalName\":\"李大四\",\"identityType\":1,"
          + "\"legalIds\":\"RSA(310101198001010011)\",\"legalPhone\":\"13800000001\","
          + "\"accountNo\":\"RSA(31001500012345678)\",\"parentBankName\":\"建设银行\"}";
  private static final Pattern SEALED = Pattern.compile("RSA\\(([^)]*)\\)");

  /** All interfaces of §4.1 that name a member, with what they need. */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("sendVerificationCode", PHONE + ",\"verificationCodeType\":9"),
          Map.entry("bindPhone", PHONE + ",\"verificationCode\":\"123456\""),
          Map.entry(
              "changeBindPhone",
              "\"oldPhone\":\"13900000071\",\"newPhone\":\"13900000072\","
                  + "\"newVerificationCode\":\"123456\""),
          Map.entry("setRealName", PERSON),
          Map.entry("setCompanyInfo", COMPANY),
          Map.entry("getMemberInfo", "\"x\":1"),
          Map.entry("applyBindBankCard", CARD + "," + PHONE + "," + PERSON),
          Map.entry(
              "bindBankCard",
              "\"tranceNum\":\"1\",\"transDate\":\"20260101\","
                  + PHONE
                  + ",\"verificationCode\":\"123456\""),
          Map.entry("applyVerifyPayBindBankCard", CARD + "," + PHONE + "," + PERSON),
          Map.entry("affirmVerifyPayBindCard", "\"tranceNum\":\"1\",\"verificationCode\":\"9999\""),
          Map.entry("threeElementsBindBankCard", CARD + "," + PERSON),
          Map.entry("setSafeCard", CARD),
          Map.entry("queryBankCard", "\"x\":1"),
          Map.entry("unbindBankCard", CARD),
          Map.entry("lockMember", "\"x\":1"),
          Map.entry("unlockMember", "\"x\":1"));

  @LocalServerPort private int port;
  @Autowired private Merchants merchants;
  @Autowired private EscrowKeys keys;
  @Autowired private Audits audits;
  @Autowired private JdbcClient jdbc;

  @Test
  void anotherMerchantsMemberIsNobody() {
    Correspondent owner = Correspondent.of(merchants, keys, port, Map.of());
    Correspondent other = Correspondent.of(merchants, keys, port, Map.of());
    expectOk(say(owner, "createMember", "u", "\"memberType\":3,\"source\":1"));
    expectOk(say(owner, "setRealName", "u", PERSON));
    expectOk(say(owner, "threeElementsBindBankCard", "u", CARD + "," + PERSON));
    String before = everything(owner);
    CALLS.forEach((method, param) -> {
      EscrowAnswer foreign = say(other, method, "u", param);
      assertThat(foreign.errorCode()).as(method).isEqualTo("30001");
      assertThat(foreign.json()).as(method).isEqualTo(say(other, method, "v", param).json());
    });
    assertThat(everything(owner)).isEqualTo(before);
    assertThat(audits.run().violations()).isEmpty();
  }

  @Test
  void anotherMembersApplicationIsNone() {
    Correspondent owner = Correspondent.of(merchants, keys, port, Map.of());
    Correspondent other = Correspondent.of(merchants, keys, port, Map.of());
    for (Correspondent merchant : new Correspondent[] {owner, other}) {
      for (String member : new String[] {"u", "v"}) {
        expectOk(say(merchant, "createMember", member, "\"memberType\":3,\"source\":1"));
        expectOk(say(merchant, "setRealName", member, PERSON));
      }
    }
    EscrowAnswer applied =
        say(owner, "applyVerifyPayBindBankCard", "u", CARD + "," + PHONE + "," + PERSON);
    expectOk(applied);
    String number =
        JsonMapper.shared().readTree(applied.signedValue()).required("tranceNum").stringValue();
    String confirmation = "\"tranceNum\":\"%s\",\"verificationCode\":\"9999\"".formatted(number);
    for (EscrowAnswer answer :
        new EscrowAnswer[] {
          say(other, "affirmVerifyPayBindCard", "u", confirmation),
          say(owner, "affirmVerifyPayBindCard", "v", confirmation)
        }) {
      assertThat(answer.errorCode()).isEqualTo("30016");
    }
    expectOk(say(owner, "affirmVerifyPayBindCard", "u", confirmation));
    assertThat(audits.run().violations()).isEmpty();
  }

  /** The member's rows, as text. */
  private String everything(Correspondent merchant) {
    return jdbc.sql(
            """
            SELECT concat((SELECT string_agg(m::text, '') FROM member m WHERE merchant_id = :id),
                          (SELECT string_agg(c::text, '') FROM bank_card c WHERE merchant_id = :id),
                          (SELECT count(*) FROM one_time_code WHERE merchant_id = :id))
            """)
        .param("id", merchant.merchant().id())
        .query((row, count) -> String.valueOf(row.getString(1)))
        .single();
  }

  private static void expectOk(EscrowAnswer answer) {
    assertThat(answer.isOk()).as("%s %s", answer.errorCode(), answer.message()).isTrue();
  }

  private static EscrowAnswer say(
      Correspondent merchant, String method, String member, String param) {
    String req =
        "{\"service\":\"MemberService\",\"method\":\"%s\",\"param\":{\"bizUserId\":\"%s\",%s}}"
            .formatted(method, member, param);
    return merchant.send(
        merchant.sign(SEALED.matcher(req).replaceAll(found -> merchant.seal(found.group(1)))));
  }
}
