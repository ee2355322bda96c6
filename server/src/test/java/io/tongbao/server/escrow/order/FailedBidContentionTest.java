package io.tongbao.server.escrow.order;

import static io.tongbao.server.escrow.order.Market.fields;
import static io.tongbao.server.escrow.order.Market.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.server.TestServer;
import io.tongbao.server.member.Member;
import io.tongbao.wire.escrow.EscrowAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** A failed bid gives all back or nothing, whoever else wants the money meanwhile. §4.2.18. */
@TestServer
class FailedBidContentionTest {
  private static final int INVESTMENTS = 12;
  private static final int ROUNDS = 5;
  private static final long EACH = 1_000;

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;
  private Market market;
  private Member borrower;

  @BeforeEach
  void open() {
    market = new Market(context, port);
    market.member("investor", ROUNDS * INVESTMENTS * EACH);
    borrower = market.member("borrower");
  }

  @AfterEach
  void audit() {
    market.audit();
  }

  @Test
  void besideRefundsAndDisbursementsOfTheSameInvestments() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      compete("loan-" + round);
    }
  }

  private void compete(String goods) throws Exception {
    List<String> paid = bid(goods);
    long before = market.balance(borrower);
    Map<String, Object> first = failure(goods, paid);
    Map<String, Object> second = failure(goods, paid);
    Map<String, Object> refund = market.refund(paid.getLast(), "investor", EACH);
    Map<String, Object> disbursement = paidOut(goods);
    List<EscrowAnswer> answers =
        Rush.together(
            List.of(
                () -> market.call("failureBidRefund", first),
                () -> market.call("refund", refund),
                () -> market.call("signalAgentPaySimplify", disbursement),
                () -> market.call("failureBidRefund", second)));
    boolean one = answers.get(1).isOk();
    boolean out = answers.get(2).isOk();
    long lists = Stream.of(0, 3).filter(i -> answers.get(i).isOk()).count();
    assertThat(lists).as("refund %s, disbursement %s", one, out).isEqualTo(one || out ? 0 : 1);
    assertThat(market.balance(borrower) - before).isEqualTo(out ? EACH : 0);
    long left = paid.stream().mapToLong(market::remaining).sum();
    assertThat(left)
        .isEqualTo(lists == 1 ? 0 : INVESTMENTS * EACH - (one ? EACH : 0) - (out ? EACH : 0));
  }

  /** A full bid; gives the numbers of its investments. */
  private List<String> bid(String goods) {
    market.ok("entryGoods", Params.bid(goods, "borrower", INVESTMENTS * EACH));
    List<String> paid = new ArrayList<>();
    for (int i = 0; i < INVESTMENTS; i++) {
      paid.add(
          market.paid(
              "agentCollectApplySimplify",
              with(
                  market.collection("investor", EACH, 0),
                  "tradeCode",
                  "1001",
                  "goodsType",
                  1,
                  "goodsNo",
                  goods)));
    }
    return paid;
  }

  private Map<String, Object> paidOut(String goods) {
    return with(
        market.disbursement("borrower", EACH, 0),
        "tradeCode",
        "2001",
        "goodsType",
        1,
        "goodsNo",
        goods);
  }

  private static Map<String, Object> failure(String goods, List<String> originals) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (String original : originals) {
      list.add(fields("bizOrderNo", Market.number("failed"), "oriBizOrderNo", original));
    }
    return fields(
        "bizBatchNo",
        Market.number("batch"),
        "goodsType",
        1,
        "goodsNo",
        goods,
        "batchRefundList",
        list);
  }
}
