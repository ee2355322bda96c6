package io.tongbao.client.tour;

import io.tongbao.client.payout.Channel;
import io.tongbao.client.payout.OrderCalls;
import io.tongbao.client.payout.OrderCalls.Account;
import io.tongbao.client.payout.OrderCalls.Order;
import io.tongbao.client.payout.OrderCalls.OrderState;
import io.tongbao.client.payout.OrderCalls.Receipt;
import io.tongbao.client.payout.PayoutCall;
import io.tongbao.client.payout.PayoutClient;
import io.tongbao.client.payout.PayoutCredentials;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Secret;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Four stories of the payout face: three ways of paying; short of money, held, topped up, released;
 * a red packet that nobody takes; and the files of the days, which add up to what happened.
 */
final class PayoutTour {
  private static final Money FLOAT = Money.ofFen(50_000);
  private static final Duration A_MOMENT = Duration.ofSeconds(1);
  private static final LocalTime MORNING = LocalTime.of(9, 0);
  private static final int MOST_MOMENTS = 60;

  private final Sandbox sandbox;
  private final Story story;
  private final PayoutClient client;
  private final String run = Ids.digits(8);
  private final Actor singer = Actor.called("singer", "张三丰");
  private final List<Paid> paid = new ArrayList<>();
  private final Map<Channel, Money> start = new EnumMap<>(Channel.class);
  private final Map<Channel, Money> added = new EnumMap<>(Channel.class);

  /** What this tour has ordered. */
  record Paid(String order, Channel channel, Money pay, Money fee) {}

  PayoutTour(Sandbox sandbox, Story story) {
    this.sandbox = sandbox;
    this.story = story;
    PayoutCredentials credentials = PayoutCredentials.of(sandbox.credentials().required("payout"));
    sandbox.readClock(credentials.dealerId());
    this.client = PayoutClient.at(sandbox.base(), credentials, sandbox.clock());
  }

  void run() {
    story.chapter("三个通道 Pay to a card, to Alipay, to WeChat");
    LocalDate day = toTheNextMorning();
    topUpAll();
    payThreeWays();
    story.chapter("挂单 Short of money: held, topped up, released");
    beShortOfMoney();
    story.chapter("退汇 A red packet that nobody takes");
    String packet = sendPacket();
    story.chapter("对账 The next day's files");
    PayoutFiles files = new PayoutFiles(story, client, paid, run);
    to(day.plusDays(1), LocalTime.of(3, 45));
    files.firstPublication(day, packet);
    to(day.plusDays(1), MORNING.plusMinutes(30));
    packetComesBack(packet);
    to(day.plusDays(1), LocalTime.of(16, 45));
    files.lastPublication(day, packet);
    to(day.plusDays(2), LocalTime.of(3, 45));
    files.addUp(day, packet, gone());
    story.chapter("审计 Audit");
    audit();
  }

  /** So that a red packet's 24 hours end between two publications of a day's files. */
  private LocalDate toTheNextMorning() {
    LocalDate day = BeijingTime.dayOf(sandbox.clock().instant()).plusDays(1);
    to(day, MORNING);
    return day;
  }

  private void topUpAll() {
    story.step("预先充值, 每个通道 " + FLOAT + " 元");
    Account before = account();
    for (Channel channel : Channel.values()) {
      start.put(channel, before.of(channel));
      topUp(channel, FLOAT);
    }
    Account after = account();
    for (Channel channel : Channel.values()) {
      story.expect(channel.words(), before.of(channel).plus(FLOAT), after.of(channel));
    }
  }

  private void payThreeWays() {
    story.step("银行卡实时下单 100.00 元");
    Money pay = Money.ofFen(10_000);
    settle(card("card", pay), Channel.BANK_CARD, OrderState.PAID, 0);
    story.step("支付宝实时下单 50.00 元");
    settle(alipay("alipay", Money.ofFen(5_000)), Channel.ALIPAY, OrderState.PAID, 0);
    story.step("微信支付实时下单 20.00 元 (红包)");
    settle(packet("wechat", "oTour" + run, Money.ofFen(2_000)), Channel.WECHAT, OrderState.PAID, 0);
    story.step("超时重试: 原单号, 原内容, 只付一次");
    Money before = account().of(Channel.BANK_CARD);
    Receipt again = call(card("card", pay));
    story.expect("order_id", number("card"), again.order());
    sandbox.advance(dealer(), A_MOMENT);
    story.expect("银行卡余额", before, account().of(Channel.BANK_CARD));
  }

  private void beShortOfMoney() {
    Money balance = account().of(Channel.ALIPAY);
    Money pay = balance.plus(Money.ofFen(10_000));
    story.step("支付宝余额 " + balance + " 元, 下单 " + pay + " 元");
    Order order = alipay("short", pay);
    call(order);
    OrderState held = await(order, Channel.ALIPAY);
    story.expect("status", OrderState.HELD, held.status());
    story.expect("余额不变", balance, account().of(Channel.ALIPAY));
    Money missing = pay.plus(fee(pay)).minus(balance);
    story.step("充值 " + missing + " 元, 自动放行");
    topUp(Channel.ALIPAY, missing);
    OrderState state = await(order, Channel.ALIPAY);
    story.expect("status", OrderState.PAID, state.status());
    story.expect("支付宝余额", Money.ZERO, account().of(Channel.ALIPAY));
    paid.add(new Paid(order.order(), Channel.ALIPAY, pay, fee(pay)));
  }

  private String sendPacket() {
    story.step("微信支付实时下单 30.00 元, 用户不领取");
    Order order = packet("untaken", "oTour" + run + "_unclaimed", Money.ofFen(3_000));
    settle(order, Channel.WECHAT, OrderState.PAID, OrderState.PACKET_WAITING);
    return order.order();
  }

  private void packetComesBack(String packet) {
    story.step("24 小时未领取: 打款金额和服务费退回");
    OrderState state = query(packet, Channel.WECHAT);
    story.expect("status", OrderState.RETURNED, state.status());
    story.expect("status_detail", 213, state.detail());
    Paid sent = paid.stream().filter(each -> each.order().equals(packet)).findFirst().orElseThrow();
    Money left = FLOAT.plus(start.getOrDefault(Channel.WECHAT, Money.ZERO));
    Money taken =
        paid.stream()
            .filter(each -> each.channel() == Channel.WECHAT && !each.equals(sent))
            .map(each -> each.pay().plus(each.fee()))
            .reduce(Money.ZERO, Money::plus);
    story.expect("微信余额", left.minus(taken), account().of(Channel.WECHAT));
  }

  /** Orders, waits until it is known what became of it, and checks that as well as the balance. */
  private void settle(Order order, Channel channel, int status, int detail) {
    Money before = account().of(channel);
    Receipt receipt = call(order);
    story.expect("order_id", order.order(), receipt.order());
    story.expect("pay", order.pay(), receipt.pay());
    OrderState state = await(order, channel);
    story.expect("ref", receipt.ref(), state.ref());
    story.expect("status", status, state.status());
    story.expect("status_detail", detail, state.detail());
    Money fee = fee(order.pay());
    story.expect(
        channel.words() + "余额", before.minus(order.pay()).minus(fee), account().of(channel));
    paid.add(new Paid(order.order(), channel, order.pay(), fee));
  }

  private OrderState await(Order order, Channel channel) {
    for (int moments = 0; moments < MOST_MOMENTS; moments++) {
      sandbox.advance(dealer(), A_MOMENT);
      OrderState state = client.call(OrderCalls.Query.encrypted(order.order(), channel));
      if (!state.isOnItsWay()) {
        return query(order.order(), channel);
      }
    }
    throw new TourFailed(order.order() + " is still on its way");
  }

  private OrderState query(String order, Channel channel) {
    OrderState state = client.call(OrderCalls.Query.of(order, channel));
    story.came(
        state.status()
            + " "
            + state.words()
            + " / "
            + state.detail()
            + " "
            + state.detailWords()
            + ", ref "
            + state.ref());
    return state;
  }

  /** Seven in a hundred in the sandbox, half a fen counts as one. */
  private static Money fee(Money pay) {
    return Money.ofFen((pay.fen() * 7 + 50) / 100);
  }

  /** What has left each channel's balance since the tour began, but for top-ups. */
  private Map<Channel, Money> gone() {
    Account now = account();
    Map<Channel, Money> gone = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      Money had =
          start.getOrDefault(channel, Money.ZERO).plus(added.getOrDefault(channel, Money.ZERO));
      gone.put(channel, had.minus(now.of(channel)));
    }
    return gone;
  }

  private Order card(String name, Money pay) {
    return new OrderCalls.ToBankCard(
        number(name),
        broker(),
        new Secret(singer.name()),
        singer.card(),
        new Secret(singer.phone()),
        singer.identity(),
        pay,
        "singer",
        "tour",
        "演出费");
  }

  private Order alipay(String name, Money pay) {
    return new OrderCalls.ToAlipay(
        number(name),
        broker(),
        new Secret(singer.name()),
        singer.identity(),
        new Secret(singer.phone()),
        pay,
        "tour",
        "演出费");
  }

  private Order packet(String name, String openid, Money pay) {
    return new OrderCalls.ToWeChat(
        number(name),
        broker(),
        new Secret(singer.name()),
        singer.identity(),
        openid,
        pay,
        "tour",
        null);
  }

  private void topUp(Channel channel, Money amount) {
    ObjectNode wanted =
        sandbox
            .object()
            .put("face", "payout")
            .put("dealerId", dealer())
            .put("brokerId", broker())
            .put(
                "channel",
                switch (channel) {
                  case BANK_CARD -> "bankcard";
                  case ALIPAY -> "alipay";
                  case WECHAT -> "wxpay";
                })
            .put("amount", amount.yuan());
    story.sent("topups " + wanted);
    story.came(sandbox.post("topups", wanted));
    added.merge(channel, amount, Money::plus);
  }

  private Account account() {
    return client.call(new OrderCalls.QueryAccounts()).brokers().stream()
        .filter(each -> each.broker().equals(broker()))
        .findFirst()
        .orElseThrow(() -> new TourFailed("no broker " + broker()));
  }

  private void to(LocalDate day, LocalTime time) {
    Duration step =
        Duration.between(
            sandbox.clock().instant(), day.atTime(time).atZone(BeijingTime.ZONE).toInstant());
    JsonNode moved = sandbox.advance(dealer(), step.plusMillis(1));
    story.say("⏰ " + day + " " + time + " ran " + moved.path("ran"));
  }

  private void audit() {
    story.step("每一分钱都在账上");
    JsonNode audit = sandbox.audit();
    story.came(audit);
    story.expect("passed", true, audit.required("passed").asBoolean());
  }

  private <R> R call(PayoutCall<R> call) {
    story.sent(call.path() + " " + call);
    R answer = client.callPatiently(call, 3);
    story.came(answer);
    return answer;
  }

  private String number(String name) {
    return name + "-" + run;
  }

  private String dealer() {
    return client.credentials().dealerId();
  }

  private String broker() {
    return client.credentials().brokerId();
  }
}
