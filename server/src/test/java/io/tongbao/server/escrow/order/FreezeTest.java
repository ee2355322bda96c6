package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.escrow.EscrowApplication;
import io.tongbao.server.member.Member;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Freezes and their release. Specification §4.2.15, §4.2.16; THREATS T3-5. */
@TestServer
class FreezeTest {
  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member member;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    member = market.member("member", 1000);
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void whatIsFrozenCannotBeSpent() {
    market.member("shop");
    Map<String, Object> freeze = freeze("f1", 700);
    market.ok("freezeMoney", freeze);
    assertThat(market.frozen(member)).isEqualTo(700);
    Map<String, Object> dear = market.purchase("member", "shop", 301, 0);
    String orderNo = market.ok("consumeApply", dear).get("orderNo").stringValue();
    String number = String.valueOf(dear.get("bizOrderNo"));
    assertThat(market.refused("pay", market.confirmation("member", number, orderNo)))
        .isEqualTo("40014");
    market.paidPurchase("member", "shop", 300, 0);
    assertThat(market.refused("freezeMoney", freeze("f2", 1))).isEqualTo("40014");
  }

  @Test
  void isLetGoInSteps() {
    market.ok("freezeMoney", freeze("f1", 700));
    market.ok("unfreezeMoney", freeze("f1", 300));
    assertThat(market.frozen(member)).isEqualTo(400);
    assertThat(market.refused("unfreezeMoney", freeze("f1", 401))).isEqualTo("40020");
    market.ok("unfreezeMoney", freeze("f1", 400));
    assertThat(market.frozen(member)).isZero();
    assertThat(market.refused("unfreezeMoney", freeze("f1", 1))).isEqualTo("40020");
  }

  @Test
  void refusesWhatCannotBe() {
    market.member("other", 1000);
    Map<String, Object> good = freeze("f1", 10);
    assertThat(market.refused("freezeMoney", with(good, "amount", 1001))).isEqualTo("40014");
    assertThat(market.refused("freezeMoney", with(good, "amount", 0))).isEqualTo("40020");
    assertThat(market.refused("freezeMoney", with(good, "accountSetNo", "1"))).isEqualTo("30019");
    assertThat(market.refused("freezeMoney", with(good, "bizUserId", "nobody"))).isEqualTo("30001");
    market.ok("freezeMoney", good);
    assertThat(market.refused("freezeMoney", with(good, "amount", 11))).isEqualTo("40017");
    assertThat(market.refused("unfreezeMoney", with(good, "bizFreezenNo", "f2")))
        .isEqualTo("40000");
    assertThat(market.refused("unfreezeMoney", with(good, "bizUserId", "other")))
        .isEqualTo("40022");
  }

  @Test
  void theSameMessageLetsGoOnce() throws Exception {
    market.ok("freezeMoney", freeze("f1", 700));
    EscrowApplication application = market.application;
    EscrowRequest message =
        application.sign(
            "OrderService.unfreezeMoney",
            JsonMapper.shared().writeValueAsString(freeze("f1", 7)),
            application.now());
    List<EscrowAnswer> answers =
        Rush.together(32, () -> application.answer(application.post(message.form())));
    Set<String> different = new HashSet<>();
    answers.forEach(answer -> different.add(answer.signedValue()));
    assertThat(different).hasSize(1);
    assertThat(market.frozen(member)).isEqualTo(693);
  }

  private static Map<String, Object> freeze(String number, long amount) {
    return fields(
        "bizUserId",
        "member",
        "bizFreezenNo",
        number,
        "accountSetNo",
        EscrowApplication.ACCOUNT_SET,
        "amount",
        amount);
  }
}
