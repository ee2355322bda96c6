package io.tongbao.server.payout.data;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.payment.DayFlows;
import io.tongbao.server.payment.DayFlows.Flow;
import io.tongbao.server.payment.DayPayouts;
import io.tongbao.server.payment.Part;
import io.tongbao.server.recon.LineBook;
import io.tongbao.server.recon.Totals;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 日流水文件: what left a dealer's accounts on a day and what came back, amounts and fees on lines of
 * their own. Published at 03:30, 11:30 and 16:30 on the next day, and only if it adds up to the
 * journal. Specification §2.2 (2).
 */
@Component
final class BillBook implements LineBook {
  private static final String OUT = "经纪公司打款";
  private static final String OUT_FEE = "经纪公司打款服务费";
  private static final String BACK = "经纪公司退汇";
  private static final String BACK_FEE = "经纪公司退汇手续费";

  private final JdbcClient database;

  BillBook(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Face face() {
    return Face.PAYOUT;
  }

  @Override
  public String kind() {
    return "payout-bill";
  }

  @Override
  public List<LocalTime> cuts() {
    return List.of(LocalTime.of(3, 30), LocalTime.of(11, 30), LocalTime.of(16, 30));
  }

  @Override
  public String name(Merchant merchant, LocalDate day) {
    return merchant.code() + "-bill-" + BeijingTime.day(day) + ".csv.gz";
  }

  @Override
  public Optional<LocalDate> firstDay(Merchant merchant) {
    return DayPayouts.firstDay(database, merchant.id());
  }

  @Override
  public List<String> columns() {
    return List.of(
        "商户订单号", "订单流水号", "流水号", "流水类型", "流水状态", "支付渠道", "姓名", "经纪公司ID", "金额", "渠道流水号", "创建时间",
        "完成时间");
  }

  @Override
  public Totals write(Connection snapshot, Merchant merchant, LocalDate day, Sink sink)
      throws SQLException, IOException {
    Sum sum = new Sum();
    DayFlows.read(
        snapshot,
        merchant.id(),
        day,
        flow -> {
          sink.line(line(flow, 1, flow.back() ? BACK : OUT, flow.amount(), sum));
          if (flow.fee().isPositive()) {
            sink.line(line(flow, 2, flow.back() ? BACK_FEE : OUT_FEE, flow.fee(), sum));
          }
        });
    return sum.totals();
  }

  @Override
  public Totals journal(Connection snapshot, Merchant merchant, LocalDate day) throws SQLException {
    Sum sum = new Sum();
    DayFlows.sum(snapshot, merchant.id(), day, sum::add);
    return sum.totals();
  }

  /** What stays on its way is open; what went stays gone, and comes back as another line. */
  private static Line line(Flow flow, int place, String type, Money amount, Sum sum) {
    String status = flow.back() ? Words.PAID : Words.status(flow.state());
    boolean counts = flow.back() || Words.status(flow.state()).startsWith(Words.PAID);
    boolean open =
        !flow.back() && (flow.state() == Part.State.ASKED || flow.state() == Part.State.SENT);
    if (counts) {
      sum.add(type, 1, amount.fen());
    }
    boolean fee = place == 2;
    // What came back on the very day on which it went is in the same file as its way out.
    int mark = flow.back() ? place + 2 : place;
    String number = flow.request() + String.valueOf(mark);
    String channelNo = flow.channelNo();
    List<String> cells =
        List.of(
            flow.number(),
            flow.ref(),
            number,
            type,
            status,
            fee ? Words.NOTHING : flow.channel().words(),
            flow.name(),
            Words.broker(flow.broker()),
            Words.yuan(amount),
            fee || flow.back() || channelNo == null ? "" : channelNo,
            Words.time(flow.at()),
            Words.time(flow.finishedAt()));
    return new Line(Long.toString(flow.request(), 36) + "-" + mark, open, cells, List.of());
  }

  /** Adds up by type; a million lines make four sums. */
  private static final class Sum {
    private final Map<String, long[]> byType = new TreeMap<>();

    void add(String type, long count, long fen) {
      long[] sum = byType.computeIfAbsent(type, _ -> new long[2]);
      sum[0] = Math.addExact(sum[0], count);
      sum[1] = Math.addExact(sum[1], fen);
    }

    Totals totals() {
      Totals totals = Totals.NONE;
      for (Map.Entry<String, long[]> each : byType.entrySet()) {
        totals = totals.plus(each.getKey(), each.getValue()[0], each.getValue()[1]);
      }
      return totals;
    }
  }
}
