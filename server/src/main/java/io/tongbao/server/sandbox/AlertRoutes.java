package io.tongbao.server.sandbox;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Money;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.member.Contacts;
import io.tongbao.server.member.MailInbox;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import io.tongbao.server.merchant.Scheduler;
import io.tongbao.server.payment.Broker;
import io.tongbao.server.payment.Brokers;
import io.tongbao.server.payment.PayoutChannel;
import io.tongbao.server.payout.BalanceAlerts;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A dealer's thresholds, a merchant's contacts, and the mailboxes that nobody else has. */
@Component
@Profile("sandbox")
final class AlertRoutes implements Routes {
  private final Guests guests;
  private final Merchants merchants;
  private final Brokers brokers;
  private final BalanceAlerts alerts;
  private final Contacts contacts;
  private final Scheduler scheduler;
  private final MailInbox mails;

  AlertRoutes(
      Guests guests,
      Merchants merchants,
      Brokers brokers,
      BalanceAlerts alerts,
      Contacts contacts,
      Scheduler scheduler,
      MailInbox mails) {
    this.guests = guests;
    this.merchants = merchants;
    this.brokers = brokers;
    this.alerts = alerts;
    this.contacts = contacts;
    this.scheduler = scheduler;
    this.mails = mails;
  }

  @Override
  public void add(RouterFunctions.Builder routes) {
    routes.PUT("/thresholds", this::watch).PUT("/contacts", this::tell).GET("/mails", this::read);
  }

  private ServerResponse watch(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Merchant dealer = guests.named(Face.PAYOUT, Replies.required(body, "dealerId"));
    Broker broker = brokers.find(dealer, Replies.required(body, "brokerId"));
    PayoutChannel channel =
        PayoutChannel.ofCode(Replies.required(body, "channel"))
            .orElseThrow(() -> Refusal.of(Refusal.Reason.BAD_FIELD, "channel"));
    Money threshold = Replies.yuan(body, "threshold");
    alerts.watch(dealer, broker, channel, threshold, merchants.now(dealer));
    scheduler.runDue(dealer);
    return Replies.ok(body);
  }

  private ServerResponse tell(ServerRequest request) {
    ObjectNode body = Replies.body(request);
    Merchant merchant =
        body.has("sysid")
            ? guests.named(Face.ESCROW, Replies.required(body, "sysid"))
            : guests.named(Face.PAYOUT, Replies.required(body, "dealerId"));
    contacts.replace(
        merchant,
        Replies.texts(body, "phones"),
        Replies.texts(body, "mails"),
        merchants.now(merchant));
    scheduler.runDue(merchant);
    return Replies.ok(body);
  }

  private ServerResponse read(ServerRequest request) {
    String address =
        request
            .param("address")
            .orElseThrow(() -> Refusal.of(Refusal.Reason.MISSING_FIELD, "address"));
    ArrayNode all = Replies.list();
    mails
        .read(new Secret(address))
        .forEach(mail ->
            all.add(
                Replies.object()
                    .put("address", mail.address().reveal())
                    .put("title", mail.title())
                    .put("words", mail.words())
                    .put(
                        "sentAt",
                        mail.sentAt().atZone(BeijingTime.ZONE).toOffsetDateTime().toString())));
    return Replies.ok(all);
  }
}
