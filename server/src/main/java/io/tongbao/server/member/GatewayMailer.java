package io.tongbao.server.member;

import io.tongbao.kernel.Refusal;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Production's way to mailboxes: an operator's gateway, where there is one. */
final class GatewayMailer implements Mailer {
  private final @Nullable Gateway gateway;

  GatewayMailer(@Nullable Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public boolean isOpen() {
    return gateway != null;
  }

  @Override
  public List<RowWrite> writes(Merchant merchant, Mail mail) {
    return List.of();
  }

  @Override
  public void send(Merchant merchant, Mail mail) {
    Map<String, String> letter =
        Map.of("mail", mail.address().reveal(), "title", mail.title(), "text", mail.words());
    if (gateway == null || gateway.post(letter).isEmpty()) {
      throw Refusal.of(Refusal.Reason.BUSY, "mail");
    }
  }
}
