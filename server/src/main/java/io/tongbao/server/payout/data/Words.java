package io.tongbao.server.payout.data;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.server.payment.DayPayouts;
import io.tongbao.server.payment.Part;
import io.tongbao.server.payment.PayoutDetail;
import io.tongbao.server.payment.PayoutStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the files of a day write things. Specification §2.2. */
final class Words {
  static final String PAID = "成功";
  static final String WAITING = "成功(待领取)";
  static final String NOTHING = "-/-";

  private static final String PAYING = "打款中";
  private static final String RETURNED = "退汇";
  private static final int HIDDEN = 2;

  private Words() {}

  /** 订单状态: the eight words of §2.2 (1), note 1. */
  static String status(DayPayouts.State state) {
    return switch (state.status()) {
      case PAID -> state.detail() == PayoutDetail.PACKET_WAITING ? WAITING : PAID;
      case FAILED -> "失败";
      case RETURNED -> RETURNED;
      case DELETED, CANCELLED -> "删除";
      case HELD -> "挂单";
      case ACCEPTED, READY, PAYING -> PAYING;
      case PARTLY, NOTHING_TO_PAY -> NOTHING;
    };
  }

  /** Whether a later file may say something else of an order with this word. */
  static boolean isOpen(DayPayouts.State state) {
    PayoutStatus status = state.status();
    String word = status(state);
    boolean open = word.equals(PAYING) || word.equals(WAITING) || word.equals(NOTHING);
    return open && !status.isTerminal();
  }

  /** Whether the order has a number at the channel. */
  static boolean wasPaid(DayPayouts.State state) {
    String word = status(state);
    return word.equals(PAID) || word.equals(WAITING) || word.equals(RETURNED);
  }

  /** 流水状态. */
  static String status(Part.State state) {
    return switch (state) {
      case ASKED -> "状态未知";
      case SENT -> WAITING;
      case TAKEN, RETURNED -> PAID;
      case FAILED -> "失败";
    };
  }

  /** Yuan without the zeros at the end: 195, 13.65, 0.7. */
  static String yuan(Money money) {
    String text = money.yuan();
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  /** A broker's code with its last two characters hidden: yiyun73 is yiyun**. */
  static String broker(String code) {
    return code.substring(0, Math.max(0, code.length() - HIDDEN)) + "*".repeat(HIDDEN);
  }

  static String time(@Nullable Instant at) {
    return at == null ? "" : BeijingTime.seconds(at);
  }
}
