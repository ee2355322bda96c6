package io.tongbao.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.server.channel.simulated.SimulatedBank.Say;
import io.tongbao.server.recon.LineBook;
import io.tongbao.server.recon.LineFiles;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContext;

/** A dealer with payouts in every status: what the audit's own test damages. */
public final class PayoutBazaar {
  private PayoutBazaar() {}

  /** Makes them, and says so where one is missing. */
  public static void open(ApplicationContext context) {
    Dealer dealer =
        new Dealer(
            context,
            new Broker.Terms(
                70_000,
                250_000,
                EnumSet.allOf(PayoutChannel.class),
                Broker.Packets.PGT,
                300_000,
                null,
                null));
    dealer.topUp(PayoutChannel.BANKCARD, 100_000_000);
    dealer.topUp(PayoutChannel.WXPAY, 1_000_000);
    dealer.pay(dealer.card(100_000));
    dealer.pay(dealer.card(668_801));
    dealer.pay(dealer.card(668_803));
    dealer.pay(dealer.card(0));
    Payout half = dealer.pay(dealer.packet("half_unclaimed", 10_000));
    dealer.pay(dealer.packet("none_unclaimed", 10_000));
    dealer.pay(dealer.packet("taker", 10_000));
    dealer.say(half.part(Part.Side.SYSTEM).orElseThrow(), Say.SETTLED);
    dealer.pass(Duration.ofDays(1));
    dealer.pay(dealer.packet("late_unclaimed", 10_000));
    dealer.pay(dealer.card(668_802));
    dealer.pay(dealer.card(668_806));
    dealer.payouts.cancel(
        dealer.merchant(), dealer.pay(dealer.card(668_804)).number(), dealer.now());
    dealer.payouts.delete(
        dealer.merchant(), dealer.pay(dealer.card(668_805)).number(), dealer.now());
    Payout released = dealer.pay(dealer.card(668_804));
    dealer.payouts.release(dealer.merchant(), released.number(), dealer.now());
    dealer.accept(dealer.card(1_000));
    dealer.reports.accept(PayingTest.report(dealer, dealer.card(1_000), true));
    LineFiles files = context.getBean(LineFiles.class);
    for (LineBook book : context.getBeansOfType(LineBook.class).values()) {
      files.publish(book, dealer.merchant(), BeijingTime.dayOf(Dealer.NOON), dealer.now());
    }
    assertThat(statuses(dealer)).containsExactly(-1, 0, 1, 2, 4, 5, 8, 9, 11, 15, 18);
  }

  private static Set<Integer> statuses(Dealer dealer) {
    return new TreeSet<>(
        dealer
            .jdbc
            .sql("SELECT status FROM payout WHERE merchant_id = ?")
            .param(dealer.merchant().id())
            .query((row, _) -> row.getInt(1))
            .list());
  }
}
