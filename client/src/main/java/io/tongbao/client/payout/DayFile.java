package io.tongbao.client.payout;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a day, gzip over CSV, line by line, so that a file of any length fits. What is
 * hidden in them (names, brokers, accounts) stays hidden. Specification §2.2.
 */
public final class DayFile {
  private static final String NOTHING = "-/-";

  private DayFile() {}

  /**
   * An order of the day, §2.2 (1).
   *
   * @param batch 商户批次号, empty where there is none
   * @param status 成功, 成功(待领取), 失败, 退汇, 删除, 挂单, 打款中 or -/-
   * @param channel 银行卡, 支付宝 or 微信
   * @param channelNo 渠道流水号, empty until it is paid
   * @param creditBill 短周期授信账单号, -/- where there is none, as the next two
   * @param finishedAt null until it came to its result
   */
  public record Order(
      String order,
      String ref,
      String batch,
      String name,
      String broker,
      String status,
      String account,
      String channel,
      Money pay,
      Money fee,
      String channelNo,
      String creditBill,
      String feeBill,
      String balanceBill,
      Instant createdAt,
      @Nullable Instant finishedAt) {}

  /**
   * A movement of the day, §2.2 (2).
   *
   * @param number 流水号, unique
   * @param type 经纪公司打款, 经纪公司打款服务费, 经纪公司退汇 or 经纪公司退汇手续费
   * @param status 成功, 成功(待领取), 状态未知 or 失败
   * @param channel -/- for fees
   */
  public record Flow(
      String order,
      String ref,
      String number,
      String type,
      String status,
      String channel,
      String name,
      String broker,
      Money amount,
      String channelNo,
      Instant createdAt,
      @Nullable Instant finishedAt) {

    /** Whether the money has moved. */
    public boolean counts() {
      return status.startsWith("成功");
    }
  }

  /** Reads an order file and closes it. */
  public static void readOrders(InputStream gzip, Consumer<Order> reader) throws IOException {
    read(gzip, "商户订单号,订单流水号,商户批次号", 16, DayFile::order, reader);
  }

  /** Reads a bill and closes it. */
  public static void readBill(InputStream gzip, Consumer<Flow> reader) throws IOException {
    read(gzip, "商户订单号,订单流水号,流水号", 12, DayFile::flow, reader);
  }

  private static <T> void read(
      InputStream gzip, String head, int columns, Function<List<String>, T> row, Consumer<T> to)
      throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(gzip), StandardCharsets.UTF_8))) {
      Csv csv = new Csv(lines);
      List<String> first = csv.next();
      if (first == null || first.size() != columns || !String.join(",", first).startsWith(head)) {
        throw new IOException("not the file that was expected");
      }
      for (List<String> cells = csv.next(); cells != null; cells = csv.next()) {
        if (cells.size() != columns) {
          throw new IOException("a line of " + cells.size() + " columns, not " + columns);
        }
        to.accept(row.apply(cells));
      }
    }
  }

  private static Order order(List<String> cells) {
    return new Order(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        cells.get(6),
        cells.get(7),
        Money.parseYuan(cells.get(8)),
        Money.parseYuan(cells.get(9)),
        cells.get(10),
        cells.get(11),
        cells.get(12),
        cells.get(13),
        BeijingTime.parseSeconds(cells.get(14)),
        time(cells.get(15)));
  }

  private static Flow flow(List<String> cells) {
    return new Flow(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        cells.get(6),
        cells.get(7),
        Money.parseYuan(cells.get(8)),
        cells.get(9),
        BeijingTime.parseSeconds(cells.get(10)),
        time(cells.get(11)));
  }

  private static @Nullable Instant time(String text) {
    return text.isEmpty() || text.equals(NOTHING) ? null : BeijingTime.parseSeconds(text);
  }
}
