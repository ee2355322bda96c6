package io.tongbao.server.payment;

import io.tongbao.kernel.Money;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A broker (经纪公司) that a dealer has a contract with. Specification payout chapter 2, section 2.
 *
 * @param id the row id, and the owner of the accounts
 * @param code broker_id
 * @param accounts where the dealer's money with this broker lies
 */
public record Broker(int merchant, long id, String code, Terms terms, Accounts accounts) {

  /**
   * What the contract says.
   *
   * @param rate the fee in millionths of the amount
   * @param rebateRate what comes back of the fee, in millionths of it
   * @param channels the channels that are opened
   * @param brokerShare PGT: millionths of the amount in the broker's red packet
   * @param monthAverage fen per person and month; null: no limit
   * @param monthHighest fen of one person in a month; null: no limit
   */
  public record Terms(
      int rate,
      int rebateRate,
      Set<PayoutChannel> channels,
      Packets packets,
      int brokerShare,
      @Nullable Money monthAverage,
      @Nullable Money monthHighest) {

    public Terms {
      channels = Set.copyOf(channels);
    }

    /** All channels, one red packet, no monthly limits. */
    public static Terms of(int rate) {
      return new Terms(rate, 0, Set.of(PayoutChannel.values()), Packets.TPT, 0, null, null);
    }
  }

  /** How a WeChat payout is sent. */
  public enum Packets {
    /** One red packet. */
    TPT,
    /** Two: the system's and the broker's. */
    PGT
  }

  /** The ledger accounts by what they are for. */
  public record Accounts(long bankcard, long alipay, long wxpay, long rebate) {
    /** The prefunded account of a channel. */
    public long of(PayoutChannel channel) {
      return switch (channel) {
        case BANKCARD -> bankcard;
        case ALIPAY -> alipay;
        case WXPAY -> wxpay;
      };
    }
  }

  public boolean opens(PayoutChannel channel) {
    return terms.channels().contains(channel);
  }

  /** What a payout of this amount costs, rounded half up to the fen. */
  public Money fee(Money pay) {
    return millionths(pay, terms.rate());
  }

  /** A part of an amount, rounded half up to the fen. */
  static Money millionths(Money of, int part) {
    long half = Math.addExact(Math.multiplyExact(of.fen(), part), 500_000);
    return Money.ofFen(half / 1_000_000);
  }
}
