package io.tongbao.server.member;

import io.tongbao.ledger.Ledger;
import io.tongbao.server.vault.TestVault;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contacts without a server around them. */
public final class TestContacts {
  private TestContacts() {}

  public static Contacts over(JdbcClient jdbc, Ledger ledger, Mailer mailer) {
    return new Contacts(jdbc, new Decisions(ledger), TestVault.over(jdbc), mailer);
  }
}
