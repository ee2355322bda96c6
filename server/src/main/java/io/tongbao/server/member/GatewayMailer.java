package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.member.Outgoing.Way;
import io.tongbao.server.merchant.Merchant;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Production's way to mailboxes: an operator's gateway, where there is one. */
final class GatewayMailer implements Mailer {
  /** How long a mail is worth sending. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final Outbox outbox;

  GatewayMailer(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public boolean isOpen() {
    return outbox.isOpen(Way.MAIL);
  }

  @Override
  public List<RowWrite> writes(Merchant merchant, Mail mail) {
    Map<String, String> letter =
        Map.of("mail", mail.address().reveal(), "title", mail.title(), "text", mail.words());
    Outgoing outgoing = new Outgoing(Ids.next(), Way.MAIL, letter);
    return List.of(outbox.write(merchant, outgoing, mail.sentAt(), mail.sentAt().plus(KEPT)));
  }
}
