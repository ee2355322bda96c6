package io.tongbao.server.escrow.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongbao.client.escrow.EscrowCall;
import io.tongbao.client.escrow.EscrowRefused;
import io.tongbao.client.escrow.MemberCalls;
import io.tongbao.client.escrow.PasswordCalls;
import io.tongbao.client.tour.Actor;
import io.tongbao.kernel.Secret;
import io.tongbao.server.TestServer;
import io.tongbao.server.page.Shop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * 新移动快捷支付密码 from outside: set and changed by calls, reset by a code and the last card. §4.1.24 on.
 */
@TestServer
class NewMobilePasswordTest {
  private static final String PIN = "314159";
  private static final String WRONG = "271828";
  private static final String OTHER = "902715";

  @LocalServerPort private int port;
  private Shop shop;

  @BeforeEach
  void open() {
    shop = new Shop(port);
  }

  @AfterEach
  void everyFenIsInItsPlace() {
    assertThat(shop.audit()).isEmpty();
    shop.close();
  }

  @Test
  void theOtherPasswordIsSetAndChangedByCalls() {
    Actor actor = shop.person("马林");
    assertThat(refusal(mobile(actor, "edit", PIN, OTHER))).isEqualTo("30032");
    assertThat(refusal(mobile(actor, "put", null, PIN))).isEqualTo("10000");
    assertThat(refusal(mobile(actor, "set", null, "123456"))).isEqualTo("10000");
    assertThat(shop.call(mobile(actor, "set", null, PIN)).result()).isEqualTo("OK");
    assertThat(refusal(mobile(actor, "set", null, OTHER))).isEqualTo("30031");
    assertThat(refusal(mobile(actor, "edit", null, OTHER))).isEqualTo("10001");
    assertThat(refusal(mobile(actor, "edit", WRONG, OTHER))).isEqualTo("9000");
    assertThat(shop.call(mobile(actor, "edit", PIN, OTHER)).result()).isEqualTo("OK");
    for (int i = 0; i < 4; i++) {
      assertThat(refusal(mobile(actor, "edit", PIN, "28182" + i))).isEqualTo("9000");
    }
    assertThat(refusal(mobile(actor, "edit", PIN, "281824"))).isEqualTo("30033");
    assertThat(refusal(mobile(actor, "edit", OTHER, "281825"))).isEqualTo("30033");
    shop.advance(Duration.ofHours(3));
    assertThat(shop.call(mobile(actor, "edit", OTHER, "281826")).result()).isEqualTo("OK");
    JsonNode facts = shop.call(new MemberCalls.Get(actor.member())).facts();
    assertThat(facts == null || facts.path("isSetPayPwd").asBoolean())
        .as("it is not the payment password")
        .isFalse();
  }

  @Test
  void aForgottenOneIsResetByTheCodeAndTheLastCard() {
    Actor actor = shop.payer("唐宁", 100);
    PasswordCalls.ApplyReset apply = new PasswordCalls.ApplyReset(actor.member(), actor.proof());
    assertThat(refusal(apply)).isEqualTo("30032");
    shop.call(mobile(actor, "set", null, PIN));
    shop.nextSecond();
    PasswordCalls.ResetApplied applied = shop.call(apply);
    String card = actor.card().reveal();
    assertThat(applied.phone()).isEqualTo(actor.phone().replaceAll("(...)....(....)", "$1****$2"));
    assertThat(applied.card()).startsWith(card.substring(0, 6)).endsWith(card.substring(15));
    assertThat(applied.card()).doesNotContain(card.substring(6, 15));
    String code = shop.code(actor);
    Secret foreign = new Secret("6228480402637874214");
    assertThat(refusal(affirm(actor, foreign, applied.flow(), code))).isEqualTo("30016");
    assertThat(refusal(affirm(actor, actor.card(), applied.flow(), other(code))))
        .isEqualTo("50001");
    assertThat(refusal(affirm(actor, actor.card(), "0".repeat(20), code))).isEqualTo("50001");
    assertThat(shop.call(affirm(actor, actor.card(), applied.flow(), code)).result())
        .isEqualTo("OK");
    shop.nextSecond();
    assertThat(refusal(affirm(actor, actor.card(), applied.flow(), code))).isEqualTo("50001");
    assertThat(refusal(mobile(actor, "edit", PIN, WRONG))).isEqualTo("9000");
    assertThat(shop.call(mobile(actor, "edit", OTHER, WRONG)).result()).isEqualTo("OK");
  }

  private PasswordCalls.SetNewMobile mobile(
      Actor actor, String operation, @Nullable String old, String fresh) {
    return new PasswordCalls.SetNewMobile(
        actor.member(),
        operation,
        actor.proof(),
        old == null ? null : new Secret(old),
        new Secret(fresh));
  }

  private PasswordCalls.AffirmReset affirm(Actor actor, Secret card, String flow, String code) {
    return new PasswordCalls.AffirmReset(
        actor.member(), actor.proof(), new Secret(OTHER), card, flow, code);
  }

  private String refusal(EscrowCall<?> call) {
    return catchThrowableOfType(EscrowRefused.class, () -> shop.call(call)).code();
  }

  private static String other(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }
}
