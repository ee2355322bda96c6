package io.tongbao.server.payout;

import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.Ledger;
import io.tongbao.ledger.Outcome;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Contacts;
import io.tongbao.server.member.Contacts.Contact;
import io.tongbao.server.member.Mail;
import io.tongbao.server.member.Mailer;
import io.tongbao.server.member.Purpose;
import io.tongbao.server.member.Text;
import io.tongbao.server.member.Texter;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Job;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payout.ThresholdRows.Crossing;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Tells dealers by text and mail that a balance has fallen below the threshold that they chose for
 * it: once each time that it falls, however many payouts follow. Specification chapter 2 §3.
 */
@Component
public final class BalanceAlerts implements Job {
  private final ThresholdRows rows;
  private final Contacts contacts;
  private final Ledger ledger;
  private final Texter texter;
  private final Mailer mailer;

  BalanceAlerts(
      ThresholdRows rows, Contacts contacts, Ledger ledger, Texter texter, Mailer mailer) {
    this.rows = rows;
    this.contacts = contacts;
    this.ledger = ledger;
    this.texter = texter;
    this.mailer = mailer;
  }

  /**
   * Says below which amount a balance is too low; zero: none.
   *
   * @param now the merchant's clock
   */
  public void watch(
      Merchant dealer, Broker broker, PayoutChannel channel, Money threshold, Instant now) {
    if (threshold.isNegative()) {
      throw Refusal.of(Reason.BAD_AMOUNT, "threshold");
    }
    if (threshold.isZero()) {
      rows.dropThreshold(dealer.id(), broker.id(), channel);
      return;
    }
    commit(
        Change.at(now).write(rows.threshold(dealer.id(), broker.id(), channel, threshold)).build());
  }

  @Override
  public String name() {
    return "balance-alerts";
  }

  @Override
  public int run(Merchant merchant, Instant now) {
    if (merchant.face() != Face.PAYOUT) {
      return 0;
    }
    int done = 0;
    for (Crossing crossing : rows.crossings(merchant.id())) {
      done += cross(merchant, crossing, now) ? 1 : 0;
    }
    return done;
  }

  /** Where there is nobody to tell yet, it has not been seen yet. */
  private boolean cross(Merchant dealer, Crossing crossing, Instant now) {
    List<Contact> all = contacts.of(dealer);
    if (crossing.isDown() && all.isEmpty()) {
      return false;
    }
    Change.Builder change = Change.at(now).write(rows.cross(dealer.id(), crossing));
    if (crossing.isDown()) {
      String words = words(crossing);
      for (Contact contact : all) {
        change.writeAll(writes(dealer, contact, words, now));
      }
    }
    return ledger.commit(change.build()) instanceof Outcome.Committed;
  }

  private List<RowWrite> writes(Merchant dealer, Contact contact, String words, Instant now) {
    return switch (contact.kind()) {
      case PHONE -> texter.writes(dealer, text(contact, words, now));
      case MAIL -> mailer.writes(dealer, mail(dealer, contact, words, now));
    };
  }

  private static Text text(Contact contact, String words, Instant now) {
    return new Text(contact.address(), Purpose.BALANCE_LOW, words, now);
  }

  private static Mail mail(Merchant dealer, Contact contact, String words, Instant now) {
    return new Mail(contact.address(), dealer.name() + "：余额不足预警", words, now);
  }

  private static String words(Crossing crossing) {
    return "经纪公司 %s 的%s余额 %s 元，低于 %s 元，请及时充值"
        .formatted(
            crossing.broker(),
            crossing.channel().words(),
            crossing.available().yuan(),
            crossing.threshold().yuan());
  }

  private void commit(Change change) {
    switch (ledger.commit(change)) {
      case Outcome.Committed _ -> {}
      case Outcome.Conflict _, Outcome.Refused _ -> throw Refusal.of(Reason.BUSY);
    }
  }
}
