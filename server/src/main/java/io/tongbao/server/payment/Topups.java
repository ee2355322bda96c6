package io.tongbao.server.payment;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Movement;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Money from outside into a dealer's account with a broker, per channel. Payouts that were held for
 * want of it go on at once. Specification payout chapter 2, section 3.
 */
@Component
public final class Topups {
  /** The ledger's kind of such a posting. */
  static final String KIND = "payout.topup";

  private static final String INSERT =
      """
      INSERT INTO payout_topup (merchant_id, id, number, broker_id, channel, amount, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private final DealerAccounts accounts;
  private final Releases releases;
  private final Ledger ledger;

  Topups(DealerAccounts accounts, Releases releases, Ledger ledger) {
    this.accounts = accounts;
    this.releases = releases;
    this.ledger = ledger;
  }

  /**
   * Books it once per number; the same number with the same content changes nothing.
   *
   * @param now the merchant's clock
   */
  public void add(
      Merchant dealer,
      Broker broker,
      PayoutChannel channel,
      Money amount,
      String number,
      Instant now) {
    if (!amount.isPositive() || amount.isMoreThan(Money.MAX)) {
      throw Refusal.of(Reason.BAD_AMOUNT, "amount");
    }
    long fen = amount.fen();
    Bytes content = Bytes.utf8(number + " " + broker.id() + " " + channel + " " + fen).sha256();
    Change change =
        Change.at(now)
            .key(new Change.Key(dealer.id(), KIND, number, 0, content))
            .move(
                new Movement.Post(
                    List.of(
                        new Leg(accounts.clearing(dealer.id(), channel), -fen, "充值"),
                        new Leg(broker.accounts().of(channel), fen, "充值"))))
            .write(
                RowWrite.of(
                    "topup",
                    INSERT,
                    dealer.id(),
                    Ids.next(),
                    number,
                    broker.id(),
                    channel.name(),
                    fen,
                    now))
            .build();
    switch (ledger.commit(change)) {
      case Outcome.Committed _ -> releases.balance(dealer, now);
      case Outcome.Conflict _ -> throw Refusal.of(Reason.ORDER_EXISTS, "number");
      case Outcome.Refused refused ->
          throw Refusal.of(
              refused.reason() == Outcome.Reason.BUSY ? Reason.BUSY : Reason.ORDER_EXISTS,
              "number");
    }
  }
}
