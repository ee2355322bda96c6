package io.tongbao.server.merchant;

import io.tongbao.kernel.Ids;
import io.tongbao.kernel.Secret;
import io.tongbao.server.vault.Vault;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The platform's own keys, one pair per face and purpose, made when they are first asked for. The
 * private half lies sealed by the vault.
 */
@Component
public final class PlatformKeys {

  /**
   * A key pair of ours.
   *
   * @param privateKey in the face's own form, such as PEM
   * @param certificate the public half, as it is handed to merchants
   */
  public record Pair(Secret privateKey, String certificate) {}

  private final JdbcClient jdbc;
  private final Vault vault;

  PlatformKeys(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** The pair; where there is none yet, {@code make} makes it, and one node's pair wins. */
  public Pair pair(Face face, String purpose, Supplier<Pair> make) {
    return find(face, purpose)
        .or(() -> {
          insert(face, purpose, make.get());
          return find(face, purpose);
        })
        .orElseThrow();
  }

  private Optional<Pair> find(Face face, String purpose) {
    return jdbc.sql(
            "SELECT id, sealed, certificate FROM platform_key WHERE face = ? AND purpose = ?")
        .params(face.code(), purpose)
        .query((row, number) ->
            new Pair(
                vault.open("platform_key", purpose, row.getLong("id"), row.getBytes("sealed")),
                row.getString("certificate")))
        .optional();
  }

  private void insert(Face face, String purpose, Pair pair) {
    long id = Ids.next();
    jdbc.sql(
            """
            INSERT INTO platform_key (id, face, purpose, sealed, certificate)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """)
        .params(
            id,
            face.code(),
            purpose,
            vault.seal("platform_key", purpose, id, pair.privateKey()),
            pair.certificate())
        .update();
  }
}
