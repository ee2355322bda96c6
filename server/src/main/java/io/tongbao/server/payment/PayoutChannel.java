package io.tongbao.server.payment;

import io.tongbao.kernel.Money;
import io.tongbao.server.merchant.Merchant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A way that a payout goes, with its limits: amounts of one payout and of a dealer's day.
 * Specification payout chapter 1.
 */
public enum PayoutChannel {
  BANKCARD("银行卡", 1, 500_000_000, 2_000_000_000),
  ALIPAY("支付宝", 1, 100_000_000, 2_000_000_000),
  WXPAY("微信", 100, 20_000, 10_000_000);

  /** 微信红包单笔限额可申请提高，最高 4999 元. */
  public static final Money HIGHEST_PACKET = Money.ofFen(499_900);

  private final String words;
  private final long least;
  private final long most;
  private final long mostPerDay;

  PayoutChannel(String words, long least, long most, long mostPerDay) {
    this.words = words;
    this.least = least;
    this.most = most;
    this.mostPerDay = mostPerDay;
  }

  /** The channel's name in settings and account sets, such as {@code "bankcard"}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As queries and files write it, such as {@code 银行卡}. */
  public String words() {
    return words;
  }

  /** The smallest amount of one payout. */
  public Money least() {
    return Money.ofFen(least);
  }

  /**
   * The largest amount of one payout: the printed one, or less by the setting {@code
   * "<channel>.most"} (fen). A red packet's may be raised, to 4999 yuan at most.
   */
  public Money most(Merchant dealer) {
    long highest = this == WXPAY ? HIGHEST_PACKET.fen() : most;
    return Money.ofFen(Math.min(dealer.number(code() + ".most", most), highest));
  }

  /** What a dealer may pay by this channel on a day; the setting {@code "<channel>.day"} (fen). */
  public Money mostPerDay(Merchant dealer) {
    long set = dealer.number(code() + ".day", mostPerDay);
    return Money.ofFen(this == WXPAY ? set : Math.min(set, mostPerDay));
  }

  /** Whether a payout beyond the day's limit waits for the next day; otherwise it is refused. */
  boolean queues() {
    return this == WXPAY;
  }

  public static Optional<PayoutChannel> ofWords(String words) {
    return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
  }

  public static Optional<PayoutChannel> ofCode(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
