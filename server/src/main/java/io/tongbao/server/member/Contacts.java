package io.tongbao.server.member;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.kernel.Secret;
import io.tongbao.ledger.Change;
import io.tongbao.ledger.RowWrite;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whom a merchant wants told of what it must look at: phones and mailboxes. */
@Component
public final class Contacts {
  private static final int MOST = 20;
  private static final String TABLE = "contact";
  private static final String ADDRESS = "address";
  private static final Pattern MAIL =
      Pattern.compile(
          "\\A[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,5}\\z");

  private final JdbcClient jdbc;
  private final Decisions decisions;
  private final Vault vault;
  private final Mailer mailer;

  Contacts(JdbcClient jdbc, Decisions decisions, Vault vault, Mailer mailer) {
    this.jdbc = jdbc;
    this.decisions = decisions;
    this.vault = vault;
    this.mailer = mailer;
  }

  /** How somebody is reached. */
  public enum Kind {
    PHONE,
    MAIL
  }

  /** Somebody to tell. */
  public record Contact(long id, Kind kind, Secret address) {}

  /**
   * Says whom to tell, instead of those before.
   *
   * @param now the merchant's clock
   */
  public void replace(Merchant merchant, List<String> phones, List<String> mails, Instant now) {
    if (phones.size() + mails.size() > MOST) {
      throw Refusal.of(Reason.TOO_LARGE, "contacts");
    }
    if (!mails.isEmpty() && !mailer.isOpen()) {
      throw Refusal.of(Reason.NO_CHANNEL, "mails");
    }
    Change.Builder change = Change.at(now);
    of(merchant).forEach(old -> change.write(forget(merchant, old)));
    for (String phone : phones) {
      change.write(write(merchant, Kind.PHONE, Forms.phone(phone, "phones")));
    }
    for (String mail : mails) {
      if (!MAIL.matcher(mail).matches()) {
        throw Refusal.of(Reason.BAD_FIELD, "mails");
      }
      change.write(write(merchant, Kind.MAIL, new Secret(mail)));
    }
    decisions.carryOut(change.build(), Map.of());
  }

  /** A merchant's, in no order. */
  public List<Contact> of(Merchant merchant) {
    return jdbc.sql("SELECT id, kind, address FROM contact WHERE merchant_id = ?")
        .param(merchant.id())
        .query((row, _) -> {
          long id = row.getLong("id");
          Secret address = vault.open(TABLE, ADDRESS, id, row.getBytes(ADDRESS));
          return new Contact(id, Kind.valueOf(row.getString("kind")), address);
        })
        .list();
  }

  /** Those of one kind. */
  public List<Secret> of(Merchant merchant, Kind kind) {
    return of(merchant).stream()
        .filter(contact -> contact.kind() == kind)
        .map(Contact::address)
        .toList();
  }

  private RowWrite write(Merchant merchant, Kind kind, Secret address) {
    long id = Ids.next();
    return RowWrite.of(
        TABLE,
        "INSERT INTO contact (merchant_id, id, kind, address) VALUES (?, ?, ?, ?)",
        merchant.id(),
        id,
        kind.name(),
        vault.seal(TABLE, ADDRESS, id, address));
  }

  private static RowWrite forget(Merchant merchant, Contact contact) {
    return RowWrite.of(
        TABLE, "DELETE FROM contact WHERE merchant_id = ? AND id = ?", merchant.id(), contact.id());
  }
}
