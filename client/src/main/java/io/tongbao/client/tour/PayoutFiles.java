package io.tongbao.client.tour;

import io.tongbao.client.payout.Channel;
import io.tongbao.client.payout.DataCalls;
import io.tongbao.client.payout.DayFile;
import io.tongbao.client.payout.PayoutClient;
import io.tongbao.client.tour.PayoutTour.Paid;
import io.tongbao.kernel.Money;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The last story of the payout tour: the files of its days, read as a dealer reads them. */
final class PayoutFiles {
  private static final String PAID = "成功";
  private static final String WAITING = "成功(待领取)";
  private static final String OUT = "经纪公司打款";
  private static final String OUT_FEE = "经纪公司打款服务费";
  private static final String BACK = "经纪公司退汇";
  private static final String BACK_FEE = "经纪公司退汇手续费";

  private final Story story;
  private final PayoutClient client;
  private final List<Paid> paid;
  private final String run;

  PayoutFiles(Story story, PayoutClient client, List<Paid> paid, String run) {
    this.story = story;
    this.client = client;
    this.paid = paid;
    this.run = run;
  }

  /** At 03:45: all orders are there, the red packet still waits. */
  void firstPublication(LocalDate day, String packet) {
    story.step("日订单文件 " + day + ", 03:45");
    List<DayFile.Order> orders = orders(day);
    story.expect("our orders", paid.size(), orders.size());
    for (Paid each : paid) {
      DayFile.Order line = find(orders, each.order());
      story.expect(each.order() + " 金额", each.pay(), line.pay());
      story.expect(each.order() + " 服务费", each.fee(), line.fee());
      story.expect(
          each.order() + " 订单状态", each.order().equals(packet) ? WAITING : PAID, line.status());
      story.expect(each.order() + " 姓名", "张**", line.name());
    }
    story.step("日流水文件 " + day + ", 03:30");
    List<DayFile.Flow> flows = flows(day);
    story.expect("our lines, amount and fee", 2 * paid.size(), flows.size());
    story.expect("Σ " + OUT, total(Paid::pay), sum(flows, OUT));
    story.expect("Σ " + OUT_FEE, total(Paid::fee), sum(flows, OUT_FEE));
  }

  /** At 16:45: what waited has come back, all else says what it said. */
  void lastPublication(LocalDate day, String packet) {
    story.step("日订单文件 " + day + ", 16:45 覆盖");
    List<DayFile.Order> orders = orders(day);
    for (Paid each : paid) {
      story.expect(
          each.order() + " 订单状态",
          each.order().equals(packet) ? "退汇" : PAID,
          find(orders, each.order()).status());
    }
    story.step("日流水文件 " + day + ", 16:30 覆盖: 原打款流水不变");
    story.expect("Σ " + OUT, total(Paid::pay), sum(flows(day), OUT));
  }

  /** Both days' bills come to what has left the balances. */
  void addUp(LocalDate day, String packet, Map<Channel, Money> gone) {
    story.step("日流水文件 " + day.plusDays(1) + ": 退汇新增流水");
    List<DayFile.Flow> next = flows(day.plusDays(1));
    Paid sent = paid.stream().filter(each -> each.order().equals(packet)).findFirst().orElseThrow();
    story.expect("Σ " + BACK, sent.pay(), sum(next, BACK));
    story.expect("Σ " + BACK_FEE, sent.fee(), sum(next, BACK_FEE));
    story.step("两日流水 = 余额变动");
    List<DayFile.Flow> all = new ArrayList<>(flows(day));
    all.addAll(next);
    for (Channel channel : Channel.values()) {
      List<DayFile.Flow> ofChannel = all.stream().filter(flow -> is(flow, channel)).toList();
      Money out = sum(ofChannel, OUT).plus(sum(ofChannel, OUT_FEE));
      Money back = sum(ofChannel, BACK).plus(sum(ofChannel, BACK_FEE));
      story.expect(channel.words(), gone.getOrDefault(channel, Money.ZERO), out.minus(back));
    }
  }

  private boolean is(DayFile.Flow flow, Channel channel) {
    return paid.stream()
        .anyMatch(each -> each.order().equals(flow.order()) && each.channel() == channel);
  }

  private List<DayFile.Order> orders(LocalDate day) {
    DataCalls.GetOrderFile call = new DataCalls.GetOrderFile(day);
    story.sent(call.path() + " " + call);
    List<DayFile.Order> ours = new ArrayList<>();
    try {
      DayFile.readOrders(
          client.download(address(client.call(call).address())),
          line -> {
            if (line.order().endsWith(run)) {
              ours.add(line);
            }
          });
    } catch (IOException e) {
      throw new TourFailed("the order file cannot be read: " + e.getMessage());
    }
    ours.forEach(story::came);
    return ours;
  }

  private List<DayFile.Flow> flows(LocalDate day) {
    DataCalls.GetBill call = new DataCalls.GetBill(day);
    story.sent(call.path() + " " + call);
    List<DayFile.Flow> ours = new ArrayList<>();
    try {
      DayFile.readBill(
          client.download(address(client.call(call).address())),
          line -> {
            if (line.order().endsWith(run)) {
              ours.add(line);
            }
          });
    } catch (IOException e) {
      throw new TourFailed("the bill cannot be read: " + e.getMessage());
    }
    ours.forEach(story::came);
    return ours;
  }

  private static URI address(Optional<URI> address) {
    return address.orElseThrow(() -> new TourFailed("the day's file is no longer kept"));
  }

  private static DayFile.Order find(List<DayFile.Order> orders, String number) {
    return orders.stream()
        .filter(each -> each.order().equals(number))
        .findFirst()
        .orElseThrow(() -> new TourFailed(number + " is not in the file"));
  }

  private static Money sum(List<DayFile.Flow> flows, String type) {
    return flows.stream()
        .filter(flow -> flow.type().equals(type) && flow.counts())
        .map(DayFile.Flow::amount)
        .reduce(Money.ZERO, Money::plus);
  }

  private Money total(Function<Paid, Money> part) {
    return paid.stream().map(part).reduce(Money.ZERO, Money::plus);
  }
}
