package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.vault.Vault;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sandbox's mailboxes: every mail is kept, and read instead of sent. */
@Component
@Profile("sandbox")
public final class MailInbox implements Mailer {
  private static final String TABLE = "mail_message";
  private static final int SHOWN = 200;

  private final JdbcClient jdbc;
  private final Vault vault;

  MailInbox(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public List<RowWrite> writes(Merchant merchant, Mail mail) {
    long id = Ids.next();
    return List.of(
        RowWrite.of(
            "mail",
            """
            INSERT INTO mail_message
              (merchant_id, id, address_index, address, title, words, sent_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            merchant.id(),
            id,
            index(mail.address()),
            vault.seal(TABLE, "address", id, mail.address()),
            mail.title(),
            mail.words(),
            mail.sentAt()));
  }

  /** What was sent to an address, by whichever merchant, newest first. */
  public List<Mail> read(Secret address) {
    return jdbc.sql(
            """
            SELECT id, address, title, words, sent_at FROM mail_message
             WHERE address_index = ? ORDER BY id DESC LIMIT ?
            """)
        .params(index(address), SHOWN)
        .query((row, _) ->
            new Mail(
                vault.open(TABLE, "address", row.getLong("id"), row.getBytes("address")),
                row.getString("title"),
                row.getString("words"),
                Columns.requiredTime(row, "sent_at")))
        .list();
  }

  private byte[] index(Secret address) {
    return vault.index("mail", 0, address.reveal());
  }
}
