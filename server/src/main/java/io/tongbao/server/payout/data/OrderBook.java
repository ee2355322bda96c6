package io.tongbao.server.payout.data;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.payment.DayPayouts;
import io.tongbao.server.recon.LineBook;
import io.tongbao.server.recon.Totals;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 日订单文件: the payouts that a dealer gave on a day, and what became of them. Published at 03:45,
 * 11:45 and 16:45 on the next day. Specification §2.2 (1).
 */
@Component
final class OrderBook implements LineBook {
  private final JdbcClient database;

  OrderBook(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Face face() {
    return Face.PAYOUT;
  }

  @Override
  public String kind() {
    return "payout-orders";
  }

  @Override
  public List<LocalTime> cuts() {
    return List.of(LocalTime.of(3, 45), LocalTime.of(11, 45), LocalTime.of(16, 45));
  }

  @Override
  public String name(Merchant merchant, LocalDate day) {
    return merchant.code() + "-order-" + BeijingTime.day(day) + ".csv.gz";
  }

  @Override
  public Optional<LocalDate> firstDay(Merchant merchant) {
    return DayPayouts.firstDay(database, merchant.id());
  }

  @Override
  public List<String> columns() {
    return List.of(
        "商户订单号",
        "订单流水号",
        "商户批次号",
        "姓名",
        "经纪公司ID",
        "订单状态",
        "收款账号",
        "支付渠道",
        "金额",
        "服务费",
        "渠道流水号",
        "短周期授信账单号",
        "服务费账单号",
        "余额账单号",
        "创建时间",
        "完成时间");
  }

  @Override
  public Totals write(Connection snapshot, Merchant merchant, LocalDate day, Sink sink)
      throws SQLException, IOException {
    DayPayouts.read(snapshot, merchant.id(), day, payout -> sink.line(line(payout)));
    return Totals.NONE;
  }

  /** Orders are no postings: what was booked for them is in the bill. */
  @Override
  public Totals journal(Connection snapshot, Merchant merchant, LocalDate day) {
    return Totals.NONE;
  }

  private static Line line(DayPayouts.Line payout) {
    DayPayouts.State now = payout.states().getFirst();
    List<List<String>> earlier =
        payout.states().stream().skip(1).map(state -> cells(payout, state)).distinct().toList();
    return new Line(Long.toString(payout.id(), 36), Words.isOpen(now), cells(payout, now), earlier);
  }

  private static List<String> cells(DayPayouts.Line payout, DayPayouts.State state) {
    String channelNo = payout.channelNo();
    return List.of(
        payout.number(),
        payout.ref(),
        "",
        payout.name(),
        Words.broker(payout.broker()),
        Words.status(state),
        payout.account(),
        payout.channel().words(),
        Words.yuan(payout.pay()),
        Words.yuan(payout.fee()),
        channelNo == null || !Words.wasPaid(state) ? "" : channelNo,
        Words.NOTHING,
        Words.NOTHING,
        Words.NOTHING,
        Words.time(payout.createdAt()),
        Words.time(state.status().isFinal() ? payout.finishedAt() : null));
  }
}
