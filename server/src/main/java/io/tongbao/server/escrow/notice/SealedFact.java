package io.tongbao.server.escrow.notice;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Secret;
import io.tongbao.server.vault.Vault;
import org.springframework.stereotype.Component;

/** A secret among the facts of news, such as a new phone: sealed in the row, open in the notice. */
@Component
public final class SealedFact {
  private static final String TABLE = "news";
  private static final String COLUMN = "facts";

  /** In ten digits, every tenth row id would pass for a card's number where somebody looks. */
  private static final int RADIX = Character.MAX_RADIX;

  private final Vault vault;

  SealedFact(Vault vault) {
    this.vault = vault;
  }

  /**
   * The fact as the row keeps it.
   *
   * @param owner the row id of whom it is about
   */
  public String seal(long owner, Secret fact) {
    return Long.toString(owner, RADIX)
        + ":"
        + Bytes.of(vault.seal(TABLE, COLUMN, owner, fact)).base64();
  }

  String open(String sealed) {
    int colon = sealed.indexOf(':');
    long owner = Long.parseLong(sealed, 0, colon, RADIX);
    byte[] bytes = Bytes.ofBase64(sealed.substring(colon + 1)).toArray();
    return vault.open(TABLE, COLUMN, owner, bytes).reveal();
  }
}
