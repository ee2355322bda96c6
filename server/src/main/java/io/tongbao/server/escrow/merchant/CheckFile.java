package io.tongbao.server.escrow.merchant;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.order.DayOrders;
import io.tongbao.server.order.DayOrders.Line;
import io.tongbao.server.recon.DayBook;
import io.tongbao.server.recon.Totals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.springframework.stereotype.Component;

/**
 * 商户对账文件: the day's succeeded orders and platform transfers, cut at 11:00 on the next day, a line
 * each: 通联订单号|订单类型|交易金额|渠道手续费金额|交易时间|商户订单编号. Specification §4.3.2.
 */
@Component
final class CheckFile implements DayBook {
  private static final LocalTime CUT = LocalTime.of(11, 0);

  /** Fen. No channel charges anything so far; what one will is a matter of its contract. */
  private static final long CHANNEL_FEE = 0;

  @Override
  public Face face() {
    return Face.ESCROW;
  }

  @Override
  public String kind() {
    return "allinpay";
  }

  @Override
  public LocalTime cut() {
    return CUT;
  }

  @Override
  public String name(Merchant merchant, LocalDate day) {
    return merchant.code() + "_" + BeijingTime.compactDay(day) + "_allinpay.txt";
  }

  @Override
  public Totals write(Connection snapshot, Merchant merchant, LocalDate day, Writer out)
      throws SQLException {
    Sum sum = new Sum();
    DayOrders.read(
        snapshot,
        merchant.id(),
        start(day),
        start(day.plusDays(1)),
        line -> {
          write(line, out);
          sum.add(line.type(), 1, line.fen());
        });
    return sum.totals;
  }

  @Override
  public Totals journal(Connection snapshot, Merchant merchant, LocalDate day) throws SQLException {
    Sum sum = new Sum();
    DayOrders.sum(snapshot, merchant.id(), start(day), start(day.plusDays(1)), sum::add);
    return sum.totals;
  }

  private static void write(Line line, Writer out) {
    try {
      out.append(line.orderNo()).append('|').append(word(line.type())).append('|');
      out.append(Long.toString(line.fen())).append('|');
      out.append(Long.toString(CHANNEL_FEE)).append('|');
      out.append(BeijingTime.seconds(line.at())).append('|').append(line.number()).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 订单类型. */
  private static String word(DayOrders.Type type) {
    return switch (type) {
      case DEPOSIT -> "充值";
      case PURCHASE -> "消费";
      case WITHDRAWAL -> "提现";
      case COLLECTION -> "代收";
      case DISBURSEMENT -> "代付";
      case REFUND -> "退款";
      case TRANSFER -> "平台转账";
    };
  }

  private static Instant start(LocalDate day) {
    return BeijingTime.startOf(day);
  }

  /** Adds up by type. */
  private static final class Sum {
    private Totals totals = Totals.NONE;

    void add(DayOrders.Type type, long count, long fen) {
      totals = totals.plus(word(type), count, fen);
    }
  }
}
