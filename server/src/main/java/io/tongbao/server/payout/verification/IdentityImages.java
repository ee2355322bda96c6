package io.tongbao.server.payout.verification;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.vault.Vault;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of identity cards' pictures, sealed; the newest upload for each person. */
@Component
public final class IdentityImages {
  private static final String TABLE = "payout_identity_image";

  private static final String KEEP =
      """
      INSERT INTO payout_identity_image
        (merchant_id, person, id, broker_id, real_name, id_card, front, back, uploaded_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (merchant_id, person) DO UPDATE
        SET id = excluded.id, real_name = excluded.real_name, id_card = excluded.id_card,
            front = excluded.front, back = excluded.back, uploaded_at = excluded.uploaded_at
      """;

  private final JdbcClient jdbc;
  private final Vault vault;

  IdentityImages(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** Whose pictures they are. */
  public record Person(long broker, Secret realName, Secret idCard) {}

  /** Both sides, as fresh JPEGs. */
  public record Pictures(Bytes front, Bytes back) {}

  void keep(Merchant dealer, Person person, Pictures pictures, Instant now) {
    long id = Ids.next();
    jdbc.sql(KEEP)
        .params(
            dealer.id(),
            index(dealer, person),
            id,
            person.broker(),
            vault.seal(TABLE, "real_name", id, person.realName()),
            vault.seal(TABLE, "id_card", id, person.idCard()),
            vault.seal(TABLE, "front", id, pictures.front()),
            vault.seal(TABLE, "back", id, pictures.back()),
            now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** What was uploaded of a person last. */
  public Optional<Pictures> find(Merchant dealer, Person person) {
    return jdbc.sql(
            """
            SELECT id, front, back FROM payout_identity_image
             WHERE merchant_id = ? AND person = ?
            """)
        .params(dealer.id(), index(dealer, person))
        .query((row, _) -> {
          long id = row.getLong("id");
          return new Pictures(
              vault.openBytes(TABLE, "front", id, row.getBytes("front")),
              vault.openBytes(TABLE, "back", id, row.getBytes("back")));
        })
        .optional();
  }

  private byte[] index(Merchant dealer, Person person) {
    String name = person.realName().reveal();
    String who = person.broker() + ":" + person.idCard().reveal() + ":" + name;
    return vault.index("payout-identity-image", dealer.id(), who);
  }
}
